import type { Configuration } from "../config/configuration.ts";
import { listWords } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { manualOfParameter } from "../postfix/manual.ts";
import { plainConfiguration, serviceConfigurations } from "../config/configurations.ts";
import { isClass } from "./listTarget.ts";
import { code, listBlock, paragraphs, placeText } from "./markdown.ts";

/** What a restriction class expands to, and where it is declared. */
export function classText(project: Project, name: string): string {
  const plain = plainConfiguration(project);
  const configuration = [plain, ...serviceConfigurations(project)].find(({ classes }) => classes.has(name)) ?? plain;
  const items = itemsOf(configuration, name);
  return paragraphs(
    `**${code(name)}** — restriction class`,
    definition(configuration, name, items.length),
    items.length > 0 ? listBlock(items) : undefined,
    ...overrides(project, name, items),
    `[Manual](${manualOfParameter("smtpd_restriction_classes")})`,
  );
}

function definition(configuration: Configuration, name: string, items: number): string {
  const { project, classes } = configuration;
  const declared = classes.get(name)?.declared.at;
  const defined = definedAt(configuration, name);
  if (!classes.has(name)) {
    return `Defined${defined ?? ""}, but not declared in ${code("smtpd_restriction_classes")}: smtpd does not know it.`;
  }
  const where = `Declared in ${code("smtpd_restriction_classes")}${declared ? ` (${placeText(project, declared)})` : ""}`;
  if (defined === undefined) return `${where}, but not defined: smtpd does not start.`;
  if (items === 0) return `${where}, but its definition${defined} is empty: smtpd does not start.`;
  return `${where}, defined${defined} as:`;
}

/** ` (main.cf:12)`; undefined when nothing defines the name. */
function definedAt({ project, parameters }: Configuration, name: string): string | undefined {
  const written = parameters.written(name);
  const at = written?.locate(0, Math.max(1, written.text.length));
  if (!written) return undefined;
  return at ? ` (${placeText(project, at)})` : "";
}

/** The services of master.cf for which the class is something else. */
function overrides(project: Project, name: string, items: readonly string[]): readonly string[] {
  const usual = items.join("\n");
  return serviceConfigurations(project).flatMap((configuration) => {
    const own = itemsOf(configuration, name);
    if (own.join("\n") === usual && configuration.classes.has(name) === plainConfiguration(project).classes.has(name)) {
      return [];
    }
    const service = code(configuration.service.name);
    if (!configuration.classes.has(name)) return [`Not declared in ${service}.`];
    return [`Overridden in ${service}:`, listBlock(own)];
  });
}

/** The restrictions of the class, one by one, with every `$name` replaced. */
function itemsOf(configuration: Configuration, name: string): readonly string[] {
  const words = listWords(configuration.parameters.expanded(name));
  return restrictionList(name, words, (word) => isClass(word, configuration)).items.map(({ text }) => text);
}
