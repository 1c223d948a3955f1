import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { STRANGER_RELAYS } from "../relay/question.ts";
import { representatives } from "../relay/representatives.ts";
import { changedClues, generalClues } from "./clues.ts";
import { meanings, type Meaning } from "./meanings.ts";
import type { Origin, Part, Parts, Value, Values, Who } from "./parts.ts";
import { newPlain, type Plain } from "./plain.ts";

/** Values that two configurations may treat differently. */
export function valuesFor(before: Configuration, after: Configuration): Values {
  const plain = newPlain(before, after);
  const gathered = newGathered();
  addUsual(gathered, plain);
  for (const meaning of meanings(changedClues(before, after), plain)) addMeaning(gathered, plain, meaning, "changed");
  for (const configuration of [before, after]) addRepresentatives(gathered, configuration);
  for (const meaning of meanings(generalClues(before, after), plain)) addMeaning(gathered, plain, meaning, "other");
  return {
    who: [...gathered.who.values()],
    helo: [...gathered.helo.values()],
    sender: [...gathered.sender.values()],
    recipient: [...gathered.recipient.values()],
  };
}

type Gathered = { readonly [Which in Part]: Map<string, Value<Which>> };

function newGathered(): Gathered {
  return { who: new Map(), helo: new Map(), sender: new Map(), recipient: new Map() };
}

/** How many values of a part come from one origin. */
const MOST_OF_ONE_ORIGIN = 60;

function add<Which extends Part>(gathered: Gathered, part: Which, is: Parts[Which], origin: Origin): void {
  const values = gathered[part] as Map<string, Value<Which>>;
  const name = JSON.stringify(is);
  const count = [...values.values()].filter((value) => value.origin === origin).length;
  if (!values.has(name) && count < MOST_OF_ONE_ORIGIN) values.set(name, { is, origin });
}

function addUsual(gathered: Gathered, plain: Plain): void {
  const { stranger, own, networks, domain, elsewhere, recipients } = plain;
  add(gathered, "who", stranger, "plain");
  add(gathered, "who", nameless(stranger), "usual");
  add(gathered, "who", { client_address: "127.0.0.1", client_name: "localhost", ...NOBODY }, "usual");
  for (const address of networks) {
    add(gathered, "who", { client_address: address, client_name: null, ...NOBODY }, "usual");
  }
  if (plain.login) add(gathered, "who", { ...stranger, sasl_username: own, encrypted: plain.tls }, "usual");
  if (plain.tls) add(gathered, "who", { ...stranger, encrypted: true }, "usual");
  for (const helo of [`mail.${domain}`, domain.split(".")[0] ?? "", null]) {
    add(gathered, "helo", helo, helo === `mail.${domain}` ? "plain" : "usual");
  }
  add(gathered, "sender", `someone@${domain}`, "plain");
  for (const sender of ["", own]) add(gathered, "sender", sender, "usual");
  add(gathered, "recipient", `someone@${elsewhere}`, "plain");
  for (const recipient of recipients) add(gathered, "recipient", recipient, "usual");
  add(gathered, "recipient", "postmaster", "other");
}

const NOBODY = { sasl_username: null, encrypted: false } as const;

function nameless({ client_address }: Who): Who {
  return { client_address, client_name: null, reverse_client_name: null, ...NOBODY };
}

function addMeaning(gathered: Gathered, { stranger, login }: Plain, meaning: Meaning, origin: Origin): void {
  switch (meaning.as) {
    case "address":
      add(gathered, "who", { client_address: meaning.text, client_name: null, ...NOBODY }, origin);
      return;
    case "name":
      add(gathered, "who", { ...stranger, client_name: meaning.text, reverse_client_name: meaning.text }, origin);
      return;
    case "login":
      if (login) add(gathered, "who", { ...stranger, sasl_username: meaning.text }, origin);
      return;
    case "helo":
    case "sender":
    case "recipient":
      add(gathered, meaning.as, meaning.text, origin);
  }
}

/** What the relay analysis found that a configuration can tell apart. */
function addRepresentatives(gathered: Gathered, configuration: Configuration): void {
  const { fatal, verifySender } = settingsOf(configuration);
  if (fatal) return;
  // No list is asked about it. See smtpd_check.c, smtpd_check_rcpt().
  if (verifySender !== "") add(gathered, "recipient", verifySender, "other");
  const { values } = representatives(configuration, { ...STRANGER_RELAYS, recipient: "any" });
  for (const { given } of values.client) add(gathered, "who", { ...given, ...NOBODY }, "other");
  for (const { given } of values.helo) add(gathered, "helo", given, "other");
  for (const { given } of values.sender) add(gathered, "sender", given, "other");
  for (const { given } of values.recipient) add(gathered, "recipient", given, "other");
}
