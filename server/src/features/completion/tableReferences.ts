import type { Configuration } from "../../config/configuration.ts";
import { masterEntries } from "../../config/masterEntries.ts";
import type { Project } from "../../config/project.ts";
import { mapType, mapTypeNamed, MAP_TYPES, type MapTypeName } from "../../postfix/mapTypes.ts";
import { compareReleases } from "../../postfix/release.ts";
import { assignments } from "../../syntax/mainCf.ts";
import { splitWords } from "../../syntax/words.ts";
import { derived } from "../../text/derived.ts";
import { own } from "../../text/own.ts";
import type { Offer } from "./offer.ts";

/** What a reference to a table is put together from. */
export interface ReferencePlace {
  readonly configuration: Configuration;
  /** The names of the files beside main.cf, as far as they are known. */
  readonly names: readonly string[];
  /** Whether the answers of the table are those of an access map; absent: they are not. */
  readonly isAccess?: boolean;
}

/** The references to tables that may take the place of a word; `typed` is what of it stands before the cursor. */
export function referenceOffers(
  place: ReferencePlace,
  { typed, text }: { readonly typed: string; readonly text: string },
): readonly Offer[] {
  return allOffers(place, typed).filter(({ label, rank }) => rank !== 0 || label !== text);
}

function allOffers(place: ReferencePlace, typed: string): readonly Offer[] {
  return behindReference(place, typed) ?? plainOffers(place, typed);
}

/** Behind a `${name}` that brings the type along, or type and directory: `${indexed}access`. */
function behindReference(place: ReferencePlace, typed: string): readonly Offer[] | undefined {
  const [written, bare, braced, round] = /^\$(?:(\w+)|\{(\w+)\}|\((\w+)\))/.exec(typed) ?? [];
  if (written === undefined) return undefined;
  const value = place.configuration.parameters.value(bare ?? braced ?? round ?? "");
  const meant = `${value}${typed.slice(written.length)}`;
  if (!meant.includes(":")) return undefined;
  return plainOffers(place, meant).flatMap((offer) => {
    const label = `${written}${offer.label.slice(value.length)}`;
    return offer.kind === "file" && offer.label.startsWith(value) ? [{ ...offer, label }] : [];
  });
}

function plainOffers(place: ReferencePlace, typed: string): readonly Offer[] {
  const [prefix = ""] = /^!?(?:(?:proxy|debug):)*/.exec(typed) ?? [];
  const rest = typed.slice(prefix.length);
  const colon = rest.indexOf(":");
  if (colon < 0) return typeOffers(place.configuration, prefix);
  const type = mapTypeNamed(rest.slice(0, colon));
  return type ? nameOffers(place, { prefix, type, name: rest.slice(colon + 1) }) : [];
}

/** The types of tables, the one that postmap takes by default first, and the tables that are in use. */
function typeOffers(configuration: Configuration, prefix: string): readonly Offer[] {
  const { project, parameters } = configuration;
  const usual = parameters.value("default_database_type");
  const types = (Object.keys(MAP_TYPES) as MapTypeName[]).flatMap((type): Offer[] => {
    const { since, summary, kind } = mapType(type);
    if (compareReleases(since, project.release) > 0 || kind === "system") return [];
    return [
      {
        label: `${prefix}${type}:`,
        kind: "map type",
        detail: summary,
        rank: type === usual ? 1 : RANKS[kind],
        about: { kind: "map type", name: type },
      },
    ];
  });
  return [...types, ...knownOffers(project, (reference) => prefix === "" || reference.startsWith(prefix))];
}

const RANKS = { indexed: 2, text: 2, pattern: 2, inline: 2, combined: 3, service: 3, system: 4 } as const;

interface Begun {
  readonly prefix: string;
  readonly type: MapTypeName;
  readonly name: string;
}

function nameOffers(place: ReferencePlace, { prefix, type, name }: Begun): readonly Offer[] {
  const { project } = place.configuration;
  const begin = `${prefix}${type}:`;
  const known = knownOffers(project, (reference) => reference.startsWith(begin));
  const { source } = mapType(type);
  if (source === "value" || source === "tables") return [...known, exampleOffer(prefix, type, place)];
  if (source !== "file" && source !== "config-file") return known;
  const directory =
    /^\$(?:config_directory|\{config_directory\}|\(config_directory\))\//.exec(name)?.[0] ?? "/etc/postfix/";
  const files = fileNames(place, source).map((file): Offer => ({
    label: `${begin}${directory}${file}`,
    kind: "file",
    rank: suits(place, file, type) ? 1 : 2,
  }));
  const labels = new Set(known.map(({ label }) => label));
  return [...known, ...files.filter(({ label }) => !labels.has(label))];
}

function exampleOffer(prefix: string, type: MapTypeName, { isAccess }: ReferencePlace): Offer {
  const { example: usual, summary } = mapType(type);
  const example = own(isAccess ? ACCESS_EXAMPLES : PLAIN_EXAMPLES, type) ?? usual;
  return {
    label: `${prefix}${example}`,
    kind: "snippet",
    detail: summary,
    rank: 3,
    about: { kind: "map type", name: type },
  };
}

/** Where the answers are actions, and where they are something else, as far as the example of the type does not fit. */
const ACCESS_EXAMPLES: Readonly<Partial<Record<string, string>>> = { randmap: "randmap:{DUNNO, REJECT}" };
const PLAIN_EXAMPLES: Readonly<Partial<Record<string, string>>> = {
  static: "static:value",
  inline: "inline:{ key=value, { other = value with blanks } }",
};

/** A file that postmap has built for this type, or whose name tells of it. */
function suits({ names }: ReferencePlace, file: string, type: MapTypeName): boolean {
  const { builtSuffix } = mapType(type);
  if (builtSuffix !== undefined) return names.includes(`${file}${builtSuffix}`);
  return file.includes(type);
}

/** The files that may be the source of a table, or for databases the settings to ask them with. */
function fileNames({ configuration, names }: ReferencePlace, source: "file" | "config-file"): readonly string[] {
  const loaded = [...configuration.project.files].filter(([, { kind }]) => kind === "text").map(([name]) => name);
  const all = [...new Set([...names, ...loaded])].filter(
    (name) => !NO_TABLE.test(name.slice(name.lastIndexOf("/") + 1)) && !NO_TABLES_IN.test(name),
  );
  return source === "file" ? all.filter((name) => !name.endsWith(".cf")) : all;
}

/** What postmap built, what Postfix itself needs, and what editors and packages leave behind. */
const NO_TABLE =
  /\.(?:db|lmdb|cdb|pag|dir|proto|dpkg-\w+|rpm\w+|bak|orig|swp)$|~$|^(?:main|master|dynamicmaps)\.cf\b|^(?:postfix-files|post-install|postfix-script|postfix-tls-script|makedefs\.out)$|^\.|^(?:TLS_)?LICENSE$/;

/** What packages add to Postfix. */
const NO_TABLES_IN = /^(?:\.|(?:dynamicmaps\.cf|postfix-files)\.d\/)/;

/** The references that the configuration makes anywhere. */
function knownOffers(project: Project, wanted: (reference: string) => boolean): readonly Offer[] {
  return knownReferences(project)
    .filter(wanted)
    .map((reference) => ({ label: reference, kind: "file", detail: "in use", rank: 0 }));
}

const knownReferences = derived((project: Project): readonly string[] => {
  const words = writtenValues(project).flatMap((value) => splitWords(value).map(({ text }) => text));
  return [...new Set(words.filter((word) => isReference(word)))];
});

/** The values of main.cf and of the `-o` settings in master.cf. */
function writtenValues(project: Project): readonly string[] {
  const { mainCf } = project;
  const settings = [
    ...(mainCf ? assignments(mainCf) : []),
    ...masterEntries(project).flatMap(({ options }) => options),
  ];
  return settings.map(({ value }) => value);
}

function isReference(word: string): boolean {
  const type = /^(?:(?:proxy|debug):)*([a-z]+):[/$]/.exec(word)?.[1];
  return type !== undefined && mapTypeNamed(type) !== undefined && !NO_TABLE_TYPE.has(type);
}

/** `unix:/run/x.sock` is a socket more often than a table. */
const NO_TABLE_TYPE: ReadonlySet<string> = new Set(["unix"]);
