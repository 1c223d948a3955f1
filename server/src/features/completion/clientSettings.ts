import { clientFile } from "../../config/clientTables.ts";
import { plainConfiguration } from "../../config/configurations.ts";
import { clientParameter, clientParameterNames, type ClientType } from "../../postfix/clientParameters.ts";
import { compareReleases, type Release } from "../../postfix/release.ts";
import { assignments, parseMainCf, type Assignment, type Malformed } from "../../syntax/mainCf.ts";
import { MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";
import type { Offer, Offers } from "./offer.ts";
import type { CompletionPlace } from "./place.ts";
import { referenceOffers, type ReferencePlace } from "./tableReferences.ts";
import { valueCursor, wordAtCursor, type ValueCursor } from "./valueCursor.ts";

/** What may stand at a cursor in the file of a database table. */
export function clientFileOffers(place: CompletionPlace, text: CursorText, type: ClientType): Offers | undefined {
  const node = parseMainCf(text.text).nodes.find(({ span }) => span.start <= text.at && text.at < span.end);
  if (node?.kind === "malformed") return namesAt(place, text, { type, node, end: node.line.text.search(/\s|$/) });
  if (node?.kind !== "assignment") return undefined;
  return namesAt(place, text, { type, node, end: node.name.length }) ?? valuesAt(place, text, { type, node });
}

function namesAt(
  { project, file }: CompletionPlace,
  text: CursorText,
  { type, node, end }: { readonly type: ClientType; readonly node: Assignment | Malformed; readonly end: number },
): Offers | undefined {
  const at = node.line.text.indexOf(MARK);
  if (at < 0 || at >= end) return undefined;
  const content = project.files.get(file);
  const set = new Set(content?.kind === "text" ? assignments(clientFile(content)).map(({ name }) => name) : []);
  const equals = node.kind === "assignment" ? "" : " = ";
  const { release } = project;
  const offers = clientNameOffers({ type, prefix: "", release, equals, isSet: (name) => set.has(name) });
  return { span: unmarkedSpan(text, node.line, 0, end), offers };
}

function valuesAt(
  { project, names }: CompletionPlace,
  text: CursorText,
  { type, node }: { readonly type: ClientType; readonly node: Assignment },
): Offers | undefined {
  const configuration = plainConfiguration(project);
  const { name: setting, value: marked, valueStart, line } = node;
  const cursor = valueCursor(text, { configuration, parameter: setting, marked, valueStart, line });
  if (!cursor) return undefined;
  const { start, end } = wordAtCursor(cursor);
  const offers = clientValueOffers({ configuration, names }, { type, setting }, cursor);
  return { span: cursor.spanOf(start, end), offers };
}

/** Where the name of a setting is looked for. */
interface NamePlace {
  readonly type: ClientType;
  /** What stands before the name: `accounts_` in main.cf. */
  readonly prefix: string;
  readonly release: Release;
  /** What stands behind the name. */
  readonly equals: string;
  readonly isSet: (name: string) => boolean;
}

/** The settings of a database table. */
export function clientNameOffers({ type, prefix, release, equals, isSet }: NamePlace): readonly Offer[] {
  return clientParameterNames(type).flatMap((setting): Offer[] => {
    const { byDefault, since, deprecated } = clientParameter(type, setting) ?? {};
    if (since !== undefined && compareReleases(release, since) < 0) return [];
    const name = prefix + setting;
    const usual = byDefault === undefined ? "no default" : `default ${byDefault === "" ? "empty" : byDefault}`;
    return [
      {
        label: name,
        kind: "parameter",
        detail: `${type}: table, ${usual}${isSet(name) ? " · set already" : ""}`,
        insert: name + equals,
        rank: isSet(name) ? 4 : deprecated === undefined ? 1 : 3,
        deprecated: deprecated !== undefined,
        about: { kind: "client parameter", name: `${type}:${setting}` },
      },
    ];
  });
}

/** What a setting of a database table may be set to. */
export function clientValueOffers(
  place: ReferencePlace,
  { type, setting }: { readonly type: ClientType; readonly setting: string },
  cursor: ValueCursor,
): readonly Offer[] {
  if (setting === "backup" || setting === "domain") return referenceOffers(place, wordAtCursor(cursor));
  const { type: kind, values = [], byDefault = "" } = clientParameter(type, setting) ?? {};
  const words = kind === "boolean" ? ["yes", "no"] : values;
  const offers = words.map((label): Offer => ({ label, kind: "word", rank: 1 }));
  if (byDefault === "" || words.includes(byDefault)) return offers;
  return [...offers, { label: byDefault, kind: "value", detail: "the default", rank: 0 }];
}
