import { RAW_PARAMETERS, seesDefault } from "../postfix/loadOrder.ts";
import type { Release } from "../postfix/release.ts";
import { assignments, valueSpan, type Assignment, type MainCf } from "../syntax/mainCf.ts";
import { derived } from "../text/derived.ts";
import { COMPUTED, computedDefault, type ProgramNames } from "./computedDefaults.ts";
import { expand, type Expansion } from "./expand.ts";
import type { Machine } from "./machine.ts";
import { defaultText, type SourceText } from "./sourceText.ts";
import { stockDefault } from "./stock.ts";

/** The parameters of one Postfix program: what main.cf and `-o` options set, and the defaults of the release. */
export interface Parameters {
  readonly release: Release;
  /** The value as written, or the default; undefined for a name that neither main.cf nor Postfix knows. */
  find(name: string): SourceText | undefined;
  /** The value as written; undefined when the default applies. */
  written(name: string): SourceText | undefined;
  /** The names that main.cf or `-o` options set, in the order of their first setting. */
  writtenNames(): Iterable<string>;
  /** The value with every `$name` replaced; that of an unknown name is empty. */
  expanded(name: string): Expansion;
  /** The text of expanded(). */
  value(name: string): string;
}

/** Where the parameters of a program come from. Settings later in `overrides` win. */
export interface ParameterSources {
  readonly mainCf: MainCf | undefined;
  readonly overrides: readonly SourceText[];
  readonly release: Release;
  readonly machine: Machine;
  /** Undefined: main.cf alone is looked at, whatever the program. */
  readonly program?: ProgramNames | undefined;
}

/** Makes the parameters of a program. A later assignment in main.cf wins over an earlier one. */
export function parametersFrom({ mainCf, overrides, release, machine, program }: ParameterSources): Parameters {
  const written = new Map<string, SourceText>();
  for (const source of mainCf ? assignedTexts(mainCf).values() : []) written.set(source.parameter, source);
  for (const override of overrides) written.set(override.parameter, override);
  const computed = new Map<string, SourceText | undefined>();
  const expansions = new Map<string, Expansion>();
  const open = new Set<string>();

  /**
   * A default as it stands for `$name`: Postfix stores it expanded when it reads it, so that a `$` that `$$` left in it
   * is expanded once more. See mail_conf_str.c, get_mail_conf_str().
   */
  const readDefault = (name: string): SourceText | undefined => {
    const source = parameters.find(name);
    if (!source?.text.includes("$") || RAW_PARAMETERS.has(name) || open.has(name)) return source;
    open.add(name);
    const { text, problems } = parameters.expanded(name);
    open.delete(name);
    return problems.length === 0 && text.includes("$") ? defaultText(name, text) : source;
  };

  const seenBy =
    (reader: string) =>
    (name: string): SourceText | undefined =>
      written.get(name) ?? (seesDefault(reader, name) ? readDefault(name) : undefined);

  const parameters: Parameters = {
    release,
    written: (name) => written.get(name),
    writtenNames: () => written.keys(),
    find: (name) => {
      const source = written.get(name);
      if (source) return source;
      if (!COMPUTED.has(name)) return stockDefault(name, release)?.source;
      if (!computed.has(name)) {
        // While a default is worked out it is not there yet: `myhostname = mail.$mydomain` is "mail.".
        computed.set(name, undefined);
        const text = computedDefault(name, parameters, { machine, program });
        computed.set(name, text === undefined ? undefined : defaultText(name, text));
      }
      return computed.get(name);
    },
    expanded: (name) => {
      let expansion = expansions.get(name);
      if (!expansion) {
        const isStock = !written.has(name) && !COMPUTED.has(name);
        expansion =
          (isStock ? stockDefault(name, release)?.expansion : undefined) ??
          expand(parameters.find(name) ?? defaultText(name, ""), release, seenBy(name));
        expansions.set(name, expansion);
      }
      return expansion;
    },
    value: (name) => parameters.expanded(name).text,
  };
  return parameters;
}

/** What main.cf sets, in the order of the file. */
export const assignedTexts = derived(
  (mainCf: MainCf): ReadonlyMap<Assignment, SourceText> =>
    new Map(assignments(mainCf).map((node) => [node, assignedText(node, "main.cf")])),
);

/** The value of an assignment together with its place in a file. */
export function assignedText(assignment: Assignment, file: string): SourceText {
  return {
    parameter: assignment.name,
    text: assignment.value,
    nameAt: { file, span: assignment.nameSpan },
    locate: (start, end) => ({ file, span: valueSpan(assignment, start, end) }),
  };
}
