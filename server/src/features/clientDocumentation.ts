import { clientParameter, isClientType, type ClientParameterFact } from "../postfix/clientParameters.ts";
import { manualOfMapType } from "../postfix/manual.ts";
import type { Documentation } from "./documentation.ts";
import { code } from "./markdown.ts";

/** What a setting of a database table is for, by a name such as `mysql:query`. */
export function clientDocumentation(word: string): Documentation | undefined {
  const [type = "", name = ""] = word.split(":");
  const fact = isClientType(type) ? clientParameter(type, name) : undefined;
  if (!fact || !isClientType(type)) return undefined;
  return {
    title: name,
    what: `setting of a ${code(`${type}:`)} table`,
    summary: fact.summary,
    details: detailsOf(fact),
    example: `${name} = ${fact.values?.[0] ?? fact.byDefault ?? "…"}`,
    facts: factsOf(fact),
    seeAlso: [`${type}:`],
    manual: manualOfMapType(type),
  };
}

function detailsOf({ type, values }: ClientParameterFact): string {
  if (values) return `One of ${values.map((word) => code(word)).join(", ")}.`;
  if (type === undefined) return "";
  return type === "boolean" ? "`yes` or `no`." : "A number.";
}

function factsOf({ byDefault, since, deprecated }: ClientParameterFact): readonly string[] {
  const usual = byDefault === "" ? "empty" : code(byDefault ?? "");
  return [
    byDefault === undefined ? "No default." : `Default: ${usual}.`,
    ...(since === undefined ? [] : [`Since Postfix ${since}.`]),
    ...(deprecated === undefined ? [] : [`Deprecated: use ${code(deprecated)}.`]),
  ];
}
