import type { Configuration } from "../config/configuration.ts";
import { clientSettingNamed } from "../config/clientNames.ts";
import { listWords } from "../config/listWord.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { plainConfiguration, serviceConfigurations } from "../config/configurations.ts";
import { documentation } from "./documentation.ts";
import { documentationBody, documentationFooter } from "./documentationText.ts";
import { isClass } from "./listTarget.ts";
import { listBlock, paragraphs, type ShowPlace, valueCode, wordCount, code } from "./markdown.ts";

/** What a parameter is for, what it is set to, for which services master.cf overrides it, and its default. */
export function parameterText(
  configuration: Configuration,
  name: string,
  title: string,
  showPlace: ShowPlace,
): string | undefined {
  const { project } = configuration;
  const own = clientSettingNamed(project, name);
  const found = own
    ? documentation({ kind: "client parameter", name: `${own.type}:${own.setting}` }, project.release)
    : documentation({ kind: "parameter", name }, project.release);
  const used = [plainConfiguration(project), ...serviceConfigurations(project)];
  if (!found && !used.some(({ parameters }) => parameters.written(name))) return undefined;
  return paragraphs(
    `**${title}** — ${found?.what ?? "a name of this configuration"}`,
    ...(found ? documentationBody(found) : []),
    ...valuesOf(configuration, name, showPlace),
    found && documentationFooter(found),
  );
}

/** The value in main.cf, and in the services that have another one. */
function valuesOf(configuration: Configuration, name: string, showPlace: ShowPlace): readonly string[] {
  const { project } = configuration;
  const plain = plainConfiguration(project);
  const shown = [valueOf(plain, name, showPlace)];
  const services = serviceConfigurations(project);
  const isOther = configuration === plain || services.includes(configuration);
  for (const service of isOther ? services : [...services, configuration]) {
    const override = service.service.overrides.findLast(({ parameter }) => parameter === name);
    if (!override && service.parameters.value(name) === plain.parameters.value(name)) continue;
    const at = override?.locate(0, Math.max(1, override.text.length));
    const where = at ? ` (${showPlace(at)})` : "";
    const verb = override ? "Overridden" : "Different";
    shown.push(`${verb} in ${code(service.service.name)}${where}:${valueText(service, name)}`);
  }
  return shown;
}

function valueOf(configuration: Configuration, name: string, showPlace: ShowPlace): string {
  const { parameters } = configuration;
  const written = parameters.written(name);
  const at = written?.locate(0, Math.max(1, written.text.length));
  if (!written)
    return PARAMETERS.has(name) ? `Not set in main.cf:${valueText(configuration, name)}` : "Not set in main.cf.";
  return `Value${at ? ` (${showPlace(at)})` : ""}:${valueText(configuration, name)}`;
}

/** The value with every `$name` replaced: as a block when it is a list of several restrictions. */
function valueText(configuration: Configuration, name: string): string {
  const expansion = configuration.parameters.expanded(name);
  const [problem] = expansion.problems;
  if (problem) return ` cannot be expanded (${problem.message})`;
  if (stageOf(name) === undefined || wordCount(expansion.text) < 2) return ` ${valueCode(expansion.text)}`;
  const words = listWords(expansion);
  const { items } = restrictionList(name, words, (word) => isClass(word, configuration));
  return `\n${listBlock(items.map(({ text }) => text))}`;
}
