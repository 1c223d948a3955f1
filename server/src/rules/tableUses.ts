import { serviceConfigurations } from "../config/configurations.ts";
import type { ListWord } from "../config/listWord.ts";
import { filesIn } from "../config/fileReferences.ts";
import type { Project } from "../config/project.ts";
import { parametersAsking } from "../config/tableAskers.ts";
import { parseReference } from "../config/tables/reference.ts";
import type { SubdomainStyle } from "../evaluate/address/keys.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { derived } from "../text/derived.ts";
import type { Entries } from "./accessTable.ts";
import { accessMapsOf } from "./places.ts";

/** An access map with entries, and all ways in which the services of a project ask it. */
export interface TableUse {
  readonly reference: string;
  /** `hash`, `cidr` … */
  readonly type: string;
  readonly content: Entries;
  /** A word that names it. */
  readonly word: ListWord;
  /** Undefined among them: a bare `type:name` in a class, which may mean any check. */
  readonly checks: ReadonlySet<RestrictionName | undefined>;
  readonly subdomains: ReadonlySet<SubdomainStyle>;
  readonly nullSenderKeys: ReadonlySet<string>;
  /** Whether it is asked for other keys, too: by a parameter that is no restriction list, or by the table before it in a `pipemap:`. */
  readonly hasOtherUse: boolean;
}

/** The access maps of a project whose entries are known, each once. */
export const tableUses = derived((project: Project): readonly TableUse[] => {
  const uses = new Map<string, Mutable>();
  for (const configuration of serviceConfigurations(project)) {
    for (const { reference, word, check, content, asked } of accessMapsOf(configuration)) {
      const parsed = parseReference(reference);
      if (content.kind !== "entries" || !parsed) continue;
      const name = content.source ? `${parsed.type}:${content.source.file}` : reference;
      const use = uses.get(name) ?? {
        reference,
        type: parsed.type,
        content,
        word,
        checks: new Set(),
        subdomains: new Set(),
        nullSenderKeys: new Set(),
        hasOtherUse: filesIn(reference, project).some((file) => parametersAsking(project, file).length > 0),
      };
      uses.set(name, use);
      use.hasOtherUse ||= !asked;
      const { subdomains, nullSenderKey } = settingsOf(configuration);
      use.checks.add(check);
      use.subdomains.add(subdomains);
      use.nullSenderKeys.add(nullSenderKey);
    }
  }
  return [...uses.values()];
});

interface Mutable extends TableUse {
  readonly checks: Set<RestrictionName | undefined>;
  readonly subdomains: Set<SubdomainStyle>;
  readonly nullSenderKeys: Set<string>;
  hasOtherUse: boolean;
}
