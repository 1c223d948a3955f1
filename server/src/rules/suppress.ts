import type { Project } from "../config/project.ts";
import type { Finding } from "./rule.ts";
import { suppressionsOf, type Suppression } from "./suppressions.ts";
import { nothingNamed, unusedName } from "./unusedSuppression.ts";

/** Takes out the findings that a comment silences, and says which comments silence nothing. */
export function suppress<Found extends { readonly rule: { readonly code: string }; readonly finding: Finding }>(
  project: Project,
  found: readonly Found[],
  known: readonly string[],
): { readonly kept: readonly Found[]; readonly unused: readonly Finding[] } {
  const used = new Set<Suppression["rules"][number]>();
  const kept = found.filter(({ rule, finding: { at } }) => {
    const names = suppressionsOf(project, at.file)
      .filter(({ target }) => target && target.start <= at.span.start && at.span.start < target.end)
      .flatMap(({ rules }) => rules.filter(({ name }) => name === rule.code));
    names.forEach((name) => used.add(name));
    return names.length === 0;
  });
  const unused = [...project.files.keys()].flatMap((file) =>
    suppressionsOf(project, file).flatMap((suppression) => {
      if (suppression.rules.length === 0) return [nothingNamed(file, suppression)];
      return suppression.rules
        .filter((name) => !used.has(name))
        .map((name) => unusedName(file, suppression, name, known));
    }),
  );
  return { kept, unused };
}
