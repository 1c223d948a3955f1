import type { Configuration } from "../config/configuration.ts";
import { listWords } from "../config/listWord.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { manualOfParameter } from "../postfix/manual.ts";
import { defaultOf, PARAMETERS, type ParameterFact } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { plainConfiguration, serviceConfigurations } from "../config/configurations.ts";
import { isClass } from "./listTarget.ts";
import { code, listBlock, paragraphs, type ShowPlace, valueCode, wordCount } from "./markdown.ts";

/** What a parameter is for, what it is set to, for which services master.cf overrides it, and its default. */
export function parameterText(
  configuration: Configuration,
  name: string,
  title: string,
  showPlace: ShowPlace,
): string | undefined {
  const fact = PARAMETERS.get(name);
  const { project } = configuration;
  const used = [plainConfiguration(project), ...serviceConfigurations(project)];
  if (!fact && !used.some(({ parameters }) => parameters.written(name))) return undefined;
  return paragraphs(
    `**${title}** — ${kindOf(name, fact)}`,
    ...descriptionOf(name, fact),
    ...valuesOf(configuration, name, showPlace),
    footer(configuration, name, fact),
  );
}

function kindOf(name: string, fact: ParameterFact | undefined): string {
  if (stageOf(name)) return "restriction list";
  if (fact) return `${fact.type} parameter`;
  const transport =
    /^(.+)_(?:destination_\w+|time_limit|delivery_slot_\w+|(?:extra_)?recipient_\w+|minimum_delivery_slots)$/;
  const match = transport.exec(name);
  return match?.[1] === undefined ? "a name of this configuration" : `parameter of the service ${code(match[1])}`;
}

function descriptionOf(name: string, fact: ParameterFact | undefined): readonly (string | undefined)[] {
  const stage = stageOf(name);
  return stage ? [stage.summary, stage.details] : [fact?.summary];
}

/** The value in main.cf, and in the services that have another one. */
function valuesOf(configuration: Configuration, name: string, showPlace: ShowPlace): readonly string[] {
  const { project } = configuration;
  const plain = plainConfiguration(project);
  const shown = [valueOf(plain, name, showPlace)];
  for (const service of serviceConfigurations(project)) {
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

function footer({ project }: Configuration, name: string, fact: ParameterFact | undefined): string | undefined {
  if (!fact) return undefined;
  const { release } = project;
  const byDefault = defaultOf(name, release);
  const parts = [
    byDefault ? `Default in ${release}: ${valueCode(byDefault.value)}` : `Postfix ${release} does not have it`,
    fact.since === OLDEST ? "" : `since ${fact.since}`,
    fact.removed === undefined ? "" : `removed in ${fact.removed}`,
    deprecation(fact),
    `[Manual](${manualOfParameter(name)})`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function deprecation({ deprecated }: ParameterFact): string {
  if (!deprecated) return "";
  const { since, instead } = deprecated;
  return `deprecated since ${since}${instead === undefined ? "" : `: use ${code(instead)}`}`;
}

/** What the facts say of everything that is at least as old: not worth mentioning. */
const OLDEST = "2.10";
