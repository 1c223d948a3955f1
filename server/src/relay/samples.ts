import type { Configuration } from "../config/configuration.ts";
import { keepsOut } from "../config/rightHandSide.ts";
import { tableKeys, type TableKeys } from "./tableKeys.ts";
import { rulesOf } from "./words/patternRules.ts";
import { wordFor } from "./words/patternWords.ts";

/** A line of a pattern table, with something that it is the first to match. */
interface Sample {
  readonly pattern: string;
  readonly sample: string;
}

const LABEL = "[a-z0-9]+(?:-+[a-z0-9]+)*";

/** What is looked up, the likeliest form first. */
const FORMS = {
  client: ["[1-9][0-9]{0,2}(?:\\.(?:0|[1-9][0-9]{0,2})){3}", `${LABEL}(?:\\.${LABEL})+`],
  login: ["[a-z0-9]+(?:[.@_-][a-z0-9]+)*"],
  fingerprint: ["[0-9A-F]{2}(?::[0-9A-F]{2})+"],
} as const;

/** More lines of one table are not tried. */
const MOST = 30;

/** The lines of pattern tables, each with a sample; `letting`: of an access map those alone that do not refuse. */
export function samplesIn(
  configuration: Configuration,
  reference: string,
  { form, which }: { readonly form: keyof typeof FORMS; readonly which: "all" | "letting" },
): readonly Sample[] {
  return tableKeys(configuration, reference).flatMap((content) =>
    content.kind === "patterns" ? samplesOf(content, FORMS[form], which) : [],
  );
}

function samplesOf(
  { text, type }: Extract<TableKeys, { kind: "patterns" }>,
  forms: readonly string[],
  which: "all" | "letting",
): readonly Sample[] {
  const { rules } = rulesOf(text, type);
  const counting = which === "all" ? rules : rules.filter(({ value }) => !keepsOut(value));
  return counting.slice(0, MOST).flatMap((rule) => {
    const found = forms.map((form) => wordFor({ rules, others: [] }, rule, `^(?:${form})$`));
    const [first] = found.flatMap((one) => (one.kind === "word" ? [one.word] : []));
    return first === undefined ? [] : [{ pattern: text.slice(rule.span.start, rule.span.end), sample: first }];
  });
}
