import type { Configuration } from "../config/configuration.ts";
import type { Finding, RuleContext } from "./rule.ts";
import { encloses } from "../text/span.ts";

/**
 * Checks each service by itself. What all of them have is one finding; what some have says which, unless it stands in
 * the master.cf entry of its only service anyway.
 */
export function perService(
  { configurations }: RuleContext,
  check: (configuration: Configuration) => Iterable<Finding>,
): readonly Finding[] {
  const found = new Map<string, { readonly finding: Finding; readonly having: Set<Configuration> }>();
  for (const configuration of configurations) {
    for (const finding of check(configuration)) {
      const { file, span } = finding.at;
      const key = `${file}:${span.start}:${span.end}:${finding.message}`;
      const known = found.get(key);
      if (known) known.having.add(configuration);
      else found.set(key, { finding, having: new Set([configuration]) });
    }
  }
  return [...found.values()].map(({ finding, having }) => {
    if (having.size === configurations.length || isOwn(finding, [...having])) return finding;
    const service = [...having].map(({ service: { name } }) => `\`${name}\``).join(", ");
    return { ...finding, message: `${finding.message} (service ${service})`, service };
  });
}

/** As perService(), for the services that are `asked`; nothing where one of them has no finding. */
export function inEachService(
  context: RuleContext,
  asked: (configuration: Configuration) => boolean,
  check: (configuration: Configuration) => Iterable<Finding>,
): readonly Finding[] {
  const found = new Map(context.configurations.filter(asked).map((one) => [one, [...check(one)]]));
  const isFree = [...found.values()].some((findings) => findings.length === 0);
  return isFree ? [] : perService(context, (one) => found.get(one) ?? []);
}

function isOwn({ at }: Finding, having: readonly Configuration[]): boolean {
  const entry = having[0]?.service.entry;
  if (!entry || having.length > 1 || at.file !== "master.cf") return false;
  return encloses(entry.span, at.span);
}
