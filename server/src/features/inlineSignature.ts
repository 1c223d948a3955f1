import { mapType, mapTypeNamed, type MapTypeName } from "../postfix/mapTypes.ts";
import { wordAtCursor, type ValueCursor } from "./completion/valueCursor.ts";
import type { Signature } from "./signatureHelp.ts";

/** The form of a table that is written in braces, when the cursor is inside. */
export function ofInlineTable(cursor: ValueCursor): Signature | undefined {
  const [inner, outer] = cursor.groups;
  const isEntry = inner.head === "";
  const type = mapTypeNamed(TABLE.exec((isEntry ? outer?.head : inner.head) ?? "")?.[1] ?? "");
  const form = type && FORMS[type];
  if (!form) return undefined;
  const { summary } = mapType(type);
  const { label, parameters } = form;
  return { summary, word: type, label: `${type}:${label}`, parameters, active: activeIn(cursor, isEntry, form) };
}

const TABLE = /^!?(?:(?:proxy|debug):)*([a-z]+):$/;

interface Form extends Pick<Signature, "parameters"> {
  readonly label: string;
  /** What ends the first part of an entry; undefined: entries have one part. */
  readonly end?: "=" | "blank";
}

function activeIn(cursor: ValueCursor, isEntry: boolean, { end }: Form): number {
  const [{ before }] = cursor.groups;
  const { typed } = wordAtCursor(cursor);
  if (end === "=") return (isEntry ? [...before, typed] : [typed]).some((word) => word.includes("=")) ? 1 : 0;
  return end === "blank" && isEntry && before.length > 0 ? 1 : 0;
}

const VALUE = { label: "value", documentation: "What is answered: in an access map an action, or restrictions." };
const TABLES = {
  label: "{ type:name, type:name }",
  parameters: [{ label: "type:name", documentation: "A table, such as `hash:/etc/postfix/access`." }],
};
const PATTERNS: Form = {
  label: "{ { /pattern/flags value } }",
  parameters: [
    { label: "/pattern/flags", documentation: "A line of the table. In main.cf a `$` is written as `$$`." },
    VALUE,
  ],
  end: "blank",
};

/** See DATABASE_README; dict_inline.c, dict_static.c, dict_random.c, dict_union.c, dict_pipe.c and dict_stream.c. */
const FORMS: Readonly<Partial<Record<MapTypeName, Form>>> = {
  inline: {
    label: "{ key=value, { key = value with blanks } }",
    parameters: [
      { label: "key", documentation: "What is looked up, in small letters." },
      { ...VALUE, documentation: `${VALUE.documentation} A value with blanks or commas wants braces around the pair.` },
    ],
    end: "=",
  },
  static: { label: "{ value }", parameters: [VALUE] },
  randmap: {
    label: "{ value, value }",
    parameters: [{ ...VALUE, documentation: "One of the values is answered, by chance." }],
  },
  unionmap: TABLES,
  pipemap: TABLES,
  cidr: {
    label: "{ { network/length value } }",
    parameters: [{ label: "network/length", documentation: "An address or network: `192.0.2.0/24`." }, VALUE],
    end: "blank",
  },
  regexp: PATTERNS,
  pcre: PATTERNS,
};
