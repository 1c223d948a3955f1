import type { Mention } from "./mention.ts";
import { placeIn, type Setting } from "./settings.ts";

/** The name of the parameter that gets a value, and each `$name`, `${name}`, `$(name)` and `${name?…}` in it. */
export function* macroMentions(setting: Setting): Generator<Mention> {
  const { file, name, nameSpan, value } = setting;
  yield { subject: { kind: "parameter", name }, at: { file, span: nameSpan }, name: nameSpan, role: "definition" };
  if (OWN_MACROS.has(name)) return;
  for (const match of value.matchAll(REFERENCE)) {
    const [whole, reference = "", bare, braced = ""] = match;
    const named = bare ?? braced;
    const start = match.index + whole.length - reference.length;
    const nameStart = start + reference.indexOf(named);
    yield {
      subject: { kind: "parameter", name: named },
      at: placeIn(setting, start, match.index + whole.length),
      name: placeIn(setting, nameStart, nameStart + named.length).span,
      role: "use",
    };
  }
}

/** `$$` is a dollar. See mac_parse.c, mac_parse(). */
const REFERENCE = /(?<!\$)(?:\$\$)*(\$(?:(\w+)|[{(]\s*(\w+)[})]?))/g;

/**
 * Parameters whose `$name` are not parameters but what is known of the message or the session. See CONFIG_RAW_TABLE in
 * smtpd.c, postscreen.c and local.c; local_expand.c, local_expand_lookup().
 */
const OWN_MACROS: ReadonlySet<string> = new Set([
  "default_rbl_reply",
  "execution_directory",
  "forward_path",
  "luser_relay",
  "mailbox_command",
  "postscreen_expansion_filter",
  "postscreen_reject_footer",
  "smtpd_expansion_filter",
  "smtpd_reject_footer",
]);
