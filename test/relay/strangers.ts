import type { Configuration } from "../../server/src/config/configuration.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { recipientCounts } from "../../server/src/relay/candidates.ts";
import { canBeStrangers, namedBy, strangersAddresses } from "../../server/src/relay/outsiders.ts";
import { STRANGER_RELAYS } from "../../server/src/relay/question.ts";
import { settingsOf } from "../../server/src/evaluate/settings.ts";
import type { Dice } from "../conformance/generate/dice.ts";

/** Messages that strangers may send through a server, made from the words of its configuration. */
export function strangersMessages(configuration: Configuration, dice: Dice, count: number): readonly Message[] {
  const words = wordsOf(configuration);
  const named = namedBy(configuration);
  const settings = settingsOf(configuration);
  const addresses = strangersAddresses(named, settings.addressTypes);
  const names = words.flatMap((word) => [`mail.stranger.${word}`, `not${word}`, `${word}.stranger.example`]);
  const clients = ["mail.stranger.example", "stranger.test", ...names].filter(
    (name) => /^[\w.-]+$/.test(name) && canBeStrangers(name, named),
  );
  const counts = recipientCounts(configuration, STRANGER_RELAYS);
  const word = (): string => dice.pick(words);
  const host = (): string =>
    dice.pick([word(), `x.${word()}`, `${word()}.stranger.example`, "elsewhere.example", `not${word()}`]);
  const local = (): string => dice.pick(["someone", word().split(/[.@]/)[0] ?? "x", "postmaster", "friend+x"]);
  const address = (): string => {
    const plain = dice.pick([`${local()}@${host()}`, word(), `${local()}@elsewhere.example`]);
    return dice.pick([
      plain,
      plain,
      plain,
      `${local()}%${host()}@${word()}`,
      `@${word()}:${plain}`,
      `${host()}!${local()}`,
    ]);
  };
  const message = (): Message => {
    const name = dice.pick(clients);
    const client = dice.pick([
      { client_name: name, reverse_client_name: name },
      { client_name: null, reverse_client_name: null },
      { client_name: null, reverse_client_name: name },
      { client_name: null, reverse_client_name: null, client_name_status: "temp" as const },
    ]);
    return {
      client_address: dice.pick(addresses),
      ...client,
      helo: settings.heloRequired ? dice.pick([host(), word()]) : dice.pick([host(), word(), word(), null]),
      sasl_username: null,
      sender: dice.pick(["", address(), address(), address()]),
      recipients: [address()],
      encrypted: settings.requiresTls || settings.wrapperMode,
    };
  };
  return Array.from({ length: count }, message).filter(({ recipients: [recipient = ""] = [] }) =>
    counts(recipient.replace(SOURCE_ROUTE, "")),
  );
}

/** smtpd removes it before it compares the recipient with `postmaster`. See smtpd.c, extract_addr(). */
const SOURCE_ROUTE = /^@[^:]*:/;

/** Everything in the files that may be a name, an address, or a part of one. */
function wordsOf({ project, parameters }: Configuration): readonly string[] {
  const texts = [...project.files.values()].map((content) => (content.kind === "text" ? content.text : ""));
  const plain = [...texts, parameters.value("myhostname")].join("\n").replace(/\\([.-])/g, "$1");
  const words = new Set([...plain.matchAll(/[\w.+=-]+(?:@[\w.-]*)?/g)].map(([word]) => word.replace(/^\.+|\.+$/g, "")));
  return [...words].filter((word) => word !== "" && word.length < 60 && !/^(?:smtpd|check|reject|permit)_/.test(word));
}
