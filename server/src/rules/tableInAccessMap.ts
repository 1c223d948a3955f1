import type { Configuration } from "../config/configuration.ts";
import { textAt } from "../config/project.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { newClass } from "./declareClass.ts";
import { eachOddValue } from "./eachOddValue.ts";
import { perService } from "./perService.ts";
import type { AccessMap } from "./places.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { placesOfValue, type OddValue } from "./tableValues.ts";
import type { Location } from "../text/location.ts";

export const tableInAccessMap: Rule = {
  code: "table-in-access-map",
  severity: "error",
  summary: "The right-hand side of an access map has a colon, which Postfix takes for a lookup table",
  why:
    "A right-hand side that begins with no action is a restriction list, but without tables: a `:` anywhere in it is an error, “do not specify lookup tables inside SMTPD access maps”, and whoever the entry is found for is told `451 4.3.5 Server configuration error`. " +
    "Define a restriction class in main.cf and write its name. See RESTRICTION_CLASS_README and smtpd_check.c, check_table_result().",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_access hash:/etc/postfix/protected
#- protected
all@example.com     check_sender_access hash:/etc/postfix/insiders, reject
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ No lookup table may stand here: whoever this entry is found for is told 451 4.3.5 Server configuration error; name a restriction class that holds this list
sales@example.com   5.7.1 Closed: write to office@example.com
#                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This begins with no action, and its colon makes it a lookup table, which may not stand here: whoever this entry is found for is told 451 4.3.5 Server configuration error
`,
  good: `
smtpd_restriction_classes = insiders_only
insiders_only = check_sender_access hash:/etc/postfix/insiders, reject
smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_access hash:/etc/postfix/protected
#- protected
all@example.com     insiders_only
sales@example.com   REJECT 5.7.1 Closed: write to office@example.com
#- insiders
example.com OK
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachOddValue(configuration, "table inside", (map, odd) => findings(configuration, map, odd)),
    ),
};

const TOLD = "whoever this entry is found for is told 451 4.3.5 Server configuration error";

function* findings(configuration: Configuration, map: AccessMap, odd: OddValue): Generator<Finding> {
  const { project } = configuration;
  const { value } = odd;
  const isList = /(?:^|[\s,])[a-z]+:[/{$]|_access\s/.test(value);
  const message = isList
    ? `No lookup table may stand here: ${TOLD}; name a restriction class that holds this list`
    : `This begins with no action, and its colon makes it a lookup table, which may not stand here: ${TOLD}`;
  const fixFor = (at: Location): Fix | undefined => {
    if (isList) return withClass(configuration, at, value);
    return /^[45]\.\d+\.\d+\s/.test(value) ? replaceText(project, at, value, withAction(value)) : undefined;
  };
  for (const { at, note } of placesOfValue(map, odd)) {
    const fix = fixFor(at);
    yield { at, message: message + note, ...(fix && { fix }) };
  }
}

/** A status code is the beginning of the text of a refusal. */
function withAction(value: string): { readonly instead: string; readonly title: string } {
  const action = value.startsWith("4") ? "DEFER" : "REJECT";
  return { instead: `${action} ${value}`, title: `Put \`${action}\` before it` };
}

/** Moves the list into a new class. What a pattern matched (`$1`) cannot go there. */
function withClass(configuration: Configuration, at: Location, value: string): Fix | undefined {
  const { project } = configuration;
  if (value.includes("$") || textAt(project, at) !== value) return undefined;
  const name = unusedName(configuration, at.file);
  const edits = newClass(configuration, name, value);
  if (!edits) return undefined;
  const title = `Make it the restriction class \`${name}\``;
  return {
    title,
    edits: [
      { file: "main.cf", edits },
      { file: at.file, edits: [{ span: at.span, newText: name }] },
    ],
  };
}

/** A name made of that of the table, which nothing has yet. */
function unusedName({ parameters }: Configuration, file: string): string {
  const table = (file.split("/").pop() ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const written = new Set(parameters.writtenNames());
  for (let number = 1; ; number++) {
    const name = `${table}_checks${number === 1 ? "" : number}`;
    if (!written.has(name) && !PARAMETERS.has(name)) return name;
  }
}
