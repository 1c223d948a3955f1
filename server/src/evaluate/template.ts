import type { Configuration } from "../config/configuration.ts";
import { expand } from "../config/expand.ts";
import { defaultText } from "../config/sourceText.ts";
import { unescape } from "../syntax/unescape.ts";
import { derived } from "../text/derived.ts";
import { warn } from "./refuse.ts";
import type { Run } from "./run.ts";
import { own } from "../text/own.ts";
import { isAscii } from "../text/isAscii.ts";

/** A template with its names replaced. */
export interface Filled {
  readonly text: string;
  /** Whether it names something that is not there: its place is empty. */
  readonly unknown: boolean;
  /** Whether it is malformed. */
  readonly problems: boolean;
}

/**
 * Replaces the names in the template of a reply once: values are not expanded again, and what smtpd_expansion_filter does
 * not allow in them becomes an underscore. See mac_expand.c, mac_expand() without MAC_EXP_FLAG_RECURSE.
 */
export function fillIn(run: Run, template: string, valueOf: (name: string) => string | undefined): Filled {
  const filter = expansionFilter(run.configuration);
  const { text, problems, references } = expand(
    defaultText("template", template),
    run.configuration.parameters.release,
    (name) => {
      const value = valueOf(name);
      if (value === undefined) return undefined;
      return defaultText(name, filtered(value, filter).replaceAll("$", "$$$$"));
    },
  );
  const unknown = references.some(({ mode, found }) => mode === "use" && !found);
  return { text, unknown, problems: problems.length > 0 };
}

function filtered(value: string, allowed: ReadonlySet<string>): string {
  const characters = Array.from(value);
  if (characters.every((one) => allowed.has(one))) return value;
  return characters.map((one) => (allowed.has(one) ? one : "_".repeat(utf8Length(one)))).join("");
}

/** Postfix looks at bytes. */
function utf8Length(character: string): number {
  return isAscii(character) ? 1 : new TextEncoder().encode(character).length;
}

const expansionFilter = derived(
  ({ parameters }: Configuration) => new Set(unescape(parameters.find("smtpd_expansion_filter")?.text ?? "")),
);

/**
 * A `$name` of a reply template; undefined: there is none of that name.
 * Unlike Postfix: $client_port and $localtime are not known here and are left empty.
 * See smtpd_expand.c, smtpd_expand_lookup().
 */
export function sessionAttribute(run: Run, name: string): string | undefined {
  if (name.startsWith("sender")) return addressAttribute(run, run.sender, name.slice("sender".length));
  if (name.startsWith("recipient")) return addressAttribute(run, run.recipient, name.slice("recipient".length));
  const value = own(SESSION, name);
  if (value) return value(run);
  warn(run, `unknown macro name "${name}" in expansion request`);
  return undefined;
}

const SESSION: Readonly<Partial<Record<string, (run: Run) => string>>> = {
  server_name: ({ settings }) => settings.myhostname,
  client: ({ client }) => client.text,
  client_port: () => "",
  client_address: ({ client }) => client.address,
  client_name: ({ client }) => client.name,
  reverse_client_name: ({ client }) => client.reverseName,
  helo_name: ({ helo }) => helo ?? "",
  localtime: () => "",
};

/** See smtpd_expand.c, smtpd_expand_addr(). */
function addressAttribute(run: Run, address: string | undefined, suffix: string): string | undefined {
  if (address === undefined) return "";
  const at = address.lastIndexOf("@");
  switch (suffix) {
    case "":
      return address === "" ? "<>" : address;
    case "_name":
      return address === "" ? "<>" : address.slice(0, at < 0 ? undefined : at);
    case "_domain":
      return at < 0 ? "" : address.slice(at + 1);
    default:
      warn(run, `unknown macro name "${suffix}" in expansion request`);
      return undefined;
  }
}
