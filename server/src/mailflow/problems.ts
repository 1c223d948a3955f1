import type { Span } from "../text/span.ts";
import type { Problem } from "./testFile.ts";
import type { YamlValue } from "./yamlValue.ts";

/** Collects what is wrong with a file while it is read. */
export type Report = (span: Span, message: string) => void;

/** A report and the list that it fills. */
export function collectProblems(): { readonly report: Report; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { problems, report: (span, message) => problems.push({ span, message }) };
}

/** Reports the fields of a mapping that have no meaning. */
export function checkFields({ fields }: YamlValue, known: ReadonlySet<string>, report: Report): void {
  for (const [name, { key }] of fields ?? []) {
    if (!known.has(name)) report(key, `unknown field \`${name}\`; there are: ${[...known].join(", ")}`);
  }
}

/** The text of a value; reported when it is of another type. A number counts as its decimal digits. */
export function textOf(value: YamlValue | undefined, report: Report): string | undefined {
  if (!value) return undefined;
  if (typeof value.data === "string") return value.data;
  if (typeof value.data === "number") return String(value.data);
  report(value.span, "a text is expected here");
  return undefined;
}

/** The texts of a list, or one text. */
export function textsOf(value: YamlValue | undefined, report: Report): readonly string[] | undefined {
  return value && (value.items ?? [value]).flatMap((item) => textOf(item, report) ?? []);
}
