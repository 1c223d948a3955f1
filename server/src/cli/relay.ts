import type { Configuration } from "../config/configuration.ts";
import { configurationOf, serviceConfigurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import type { Case } from "../evaluate/case.ts";
import { places } from "../evaluate/report.ts";
import { noService } from "../evaluate/inputs/service.ts";
import { questionsReport, questionsText, shownBy } from "./relayQuestions.ts";
import { relayAnalysis, type RelayAnswer, type Witness } from "../relay/relayAnalysis.ts";
import type { Range } from "../text/lineIndex.ts";
import { isFinished } from "../rules/findings.ts";
import { placeText } from "./placeText.ts";
import { parseOptions, releaseFrom } from "./options.ts";
import { readProject } from "./readProject.ts";
import { terminalStyle } from "./terminal.ts";
import { RELAY_USAGE, UsageError } from "./usage.ts";

const OPTIONS = {
  config: { type: "string" },
  service: { type: "string" },
  json: { type: "boolean" },
  all: { type: "boolean" },
} as const;

type Verdict = RelayAnswer["verdict"];

/** The exit status: the worst of all services. */
const STATUS: Readonly<Record<Verdict, number>> = { closed: 0, open: 1, depends: 3 };

/** `relay`: whether a stranger can relay through the server. */
export async function relay(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    process.stdout.write(RELAY_USAGE);
    return 0;
  }
  if (positionals[0] !== undefined) throw new UsageError(`relay takes no argument \`${positionals[0]}\``);
  const release = releaseFrom(values["postfix-version"]);
  const project = await readProject(values.config ?? ".", { release });
  if (!isFinished(project)) {
    throw new UsageError("the configuration is a template: nobody knows yet what is made of it");
  }
  const answers = configurationsFor(project, values.service).map((configuration) => ({
    configuration,
    answer: relayAnalysis(configuration),
  }));
  if (values.json) {
    const services = answers.map(({ configuration, answer }) => ({
      ...serviceReport(configuration, answer),
      questions: questionsReport(configuration),
    }));
    process.stdout.write(`${JSON.stringify({ services }, undefined, 2)}\n`);
  } else {
    for (const { configuration, answer } of answers) {
      process.stdout.write(serviceText(configuration, answer));
      if (values.all) process.stdout.write(questionsText(configuration));
    }
  }
  const verdicts = answers.map(({ answer }) => answer.verdict);
  const worst = (["open", "depends"] as const).find((verdict) => verdicts.includes(verdict)) ?? "closed";
  return STATUS[worst];
}

function configurationsFor(project: Project, name: string | undefined): readonly Configuration[] {
  if (name === undefined) return serviceConfigurations(project);
  const service = findService(project, name);
  if (service) return [configurationOf(project, service)];
  throw new UsageError(noService(name, project));
}

interface WitnessReport {
  readonly case: Case;
  readonly because: string;
  readonly fix?: string;
  readonly by: { readonly file?: string; readonly range?: Range };
  readonly if: Witness["if"];
}

interface ServiceReport {
  readonly service: string;
  readonly verdict: Verdict;
  readonly witnesses: readonly WitnessReport[];
  readonly because: string;
}

function serviceReport(configuration: Configuration, { verdict, witnesses, because }: RelayAnswer): ServiceReport {
  const place = places(configuration.project);
  return {
    service: configuration.service.name,
    verdict,
    witnesses: witnesses.map((witness) => ({
      ...shownBy(configuration, witness),
      ...(witness.fix !== undefined && { fix: witness.fix }),
      by: place(witness.blame.at),
    })),
    because,
  };
}

function serviceText(configuration: Configuration, { verdict, witnesses, because }: RelayAnswer): string {
  const { good, bad, strong, faint } = terminalStyle();
  const place = places(configuration.project);
  const shown = verdict === "closed" ? good(verdict) : bad(verdict);
  const lines = [`${strong(configuration.service.name)}: ${shown}`];
  if (witnesses.length === 0) lines.push(`  ${because}`);
  for (const { blame, because: why, fix } of witnesses) {
    const where = placeText(place(blame.at));
    lines.push(`  ${where}${where === "" ? "" : ": "}${why}`);
    if (fix !== undefined) lines.push(faint(`    fix: ${fix}`));
  }
  return `${lines.join("\n")}\n`;
}
