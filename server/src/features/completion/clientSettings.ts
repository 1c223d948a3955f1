import { plainConfiguration } from "../../config/configurations.ts";
import { clientParameter, clientParameterNames, type ClientType } from "../../postfix/clientParameters.ts";
import { compareReleases, type Release } from "../../postfix/release.ts";
import { assignments, parseMainCf } from "../../syntax/mainCf.ts";
import { MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";
import type { Offer, Offers } from "./offer.ts";
import type { CompletionPlace } from "./place.ts";
import { referenceOffers, type ReferencePlace } from "./tableReferences.ts";
import { valueCursor, wordAtCursor, type ValueCursor } from "./valueCursor.ts";

/** What may stand at a cursor in the file of a database table. */
export function clientFileOffers(place: CompletionPlace, text: CursorText, type: ClientType): Offers | undefined {
  const { project, file, names } = place;
  const node = parseMainCf(text.text).nodes.find(({ span }) => span.start <= text.at && text.at < span.end);
  if (node?.kind !== "assignment" && node?.kind !== "malformed") return undefined;
  const end = node.kind === "assignment" ? node.name.length : node.line.text.search(/\s|$/);
  const at = node.line.text.indexOf(MARK);
  if (0 <= at && at < end) {
    const content = project.files.get(file);
    const set = new Set(content?.kind === "text" ? assignments(parseMainCf(content.text)).map(({ name }) => name) : []);
    const equals = node.kind === "assignment" ? "" : " = ";
    const offers = clientNameOffers({
      type,
      prefix: "",
      release: project.release,
      equals,
      isSet: (name) => set.has(name),
    });
    return { span: unmarkedSpan(text, node.line, 0, end), offers };
  }
  if (node.kind !== "assignment") return undefined;
  const configuration = plainConfiguration(project);
  const { name: parameter, value: marked, valueStart, line } = node;
  const cursor = valueCursor(text, { configuration, parameter, marked, valueStart, line });
  if (!cursor) return undefined;
  const word = wordAtCursor(cursor);
  const offers = clientValueOffers({ configuration, names }, { type, setting: parameter }, cursor);
  return { span: cursor.spanOf(word.start, word.end), offers };
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
  const fact = clientParameter(type, setting);
  const words = fact?.type === "boolean" ? ["yes", "no"] : (fact?.values ?? []);
  const usual = fact?.byDefault ?? "";
  const offers = words.map((label): Offer => ({ label, kind: "word", rank: 1 }));
  return usual === "" || words.includes(usual)
    ? offers
    : [...offers, { label: usual, kind: "value", detail: "the default", rank: 0 }];
}
