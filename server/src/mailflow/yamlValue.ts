import { isMap, isScalar, isSeq, parseDocument, type Node } from "yaml";
import type { Span } from "../text/span.ts";
import type { Problem } from "./testFile.ts";
import { messageOf } from "../text/messageOf.ts";

/** A value of a YAML file, and where it stands. */
export interface YamlValue {
  readonly span: Span;
  /** The value as JavaScript has it. */
  readonly data: unknown;
  /** The entries of a mapping; undefined: it is none. */
  readonly fields: ReadonlyMap<string, YamlField> | undefined;
  /** The items of a sequence; undefined: it is none. */
  readonly items: readonly YamlValue[] | undefined;
}

export interface YamlField {
  readonly key: Span;
  readonly value: YamlValue;
}

/** The value of a field of a mapping; undefined: it has none, or is no mapping. */
export function field(value: YamlValue | undefined, name: string): YamlValue | undefined {
  return value?.fields?.get(name)?.value;
}

/** Reads a YAML text. Mistakes of its syntax are told as problems; what could be read is there nevertheless. */
export function parseYaml(text: string): { readonly value: YamlValue; readonly problems: readonly Problem[] } {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "error" });
  const problems = [...document.errors, ...document.warnings].map(({ pos: [start, end], message }) => ({
    span: { start, end },
    message: message.replace(/\.$/, ""),
  }));
  const span = { start: 0, end: text.length };
  const plain = (node: unknown): unknown => (isNode(node) ? node.toJS(document) : undefined);
  try {
    return { value: valueOf(document.contents, span, plain), problems };
  } catch (error) {
    // Aliases that stand for far more than the text holds, or for nothing.
    const message = messageOf(error);
    return { value: valueOf(undefined, span, plain), problems: [...problems, { span, message }] };
  }
}

function valueOf(node: unknown, outer: Span, plain: (node: unknown) => unknown): YamlValue {
  const span = spanOf(node) ?? outer;
  return {
    span,
    data: plain(node),
    fields: isMap(node)
      ? new Map(
          node.items.map(({ key, value }) => {
            const at = spanOf(key) ?? span;
            return [isScalar(key) ? String(key.value) : "", { key: at, value: valueOf(value, at, plain) }];
          }),
        )
      : undefined,
    items: isSeq(node) ? node.items.map((item) => valueOf(item, span, plain)) : undefined,
  };
}

function isNode(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "toJS" in node;
}

function spanOf(node: unknown): Span | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  return { start, end };
}
