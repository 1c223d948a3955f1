import { serviceConfigurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { relayAnalysis, type RelayAnswer, type Witness } from "../../relay/relayAnalysis.ts";
import { isWhole } from "../../rules/findings.ts";
import { witnessTrace } from "../witnessTrace.ts";
import { settings, type Setting } from "../uses/settings.ts";
import type { LensProvider, LensText } from "./lensProvider.ts";

/** Over a list that decides about relaying: whether a stranger may, and the message that shows it. */
export const relayLens: LensProvider = {
  name: "relay",
  isSlow: true,
  *lenses(project, file) {
    if (!isWhole(project)) return;
    for (const [index, setting] of settings(project).entries()) {
      if (setting.file === file && DECIDING.has(setting.name) && !setting.superseded) {
        yield { span: setting.nameSpan, about: String(index) };
      }
    }
  },
  text(project, about) {
    const setting = settings(project)[Number(about)];
    const answers = setting ? answersWith(project, setting) : [];
    const worst = VERDICTS.flatMap((verdict) => answers.filter(({ answer }) => answer.verdict === verdict))[0];
    return worst && textOf(worst);
  },
};

const DECIDING: ReadonlySet<string> = new Set(["smtpd_relay_restrictions", "smtpd_recipient_restrictions"]);

/** The worst first. */
const VERDICTS = ["open", "depends", "closed"] as const;

interface ServiceAnswer {
  readonly service: string;
  readonly answer: RelayAnswer;
}

/** What is answered for each service that reads the list from this place. */
function answersWith(project: Project, { file, name, nameSpan }: Setting): readonly ServiceAnswer[] {
  return serviceConfigurations(project).flatMap((configuration) => {
    const at = configuration.parameters.written(name)?.nameAt;
    if (at?.file !== file || at.span.start !== nameSpan.start) return [];
    return [{ service: configuration.service.name, answer: relayAnalysis(configuration) }];
  });
}

function textOf({ service, answer: { verdict, because, witnesses } }: ServiceAnswer): LensText {
  const [witness] = witnesses;
  if (!witness) return { title: verdict === "closed" ? "closed to strangers" : `depends: ${because}` };
  const title = verdict === "open" ? "OPEN: show message" : `depends: ${asksOf(witness)}: show message`;
  return { title, command: "postfixMailflow.trace", trace: { ...witnessTrace(witness), service } };
}

/** The tables and services that have to answer. */
function asksOf({ if: conditions }: Witness): string {
  return [...new Set(conditions.map(({ ask }) => (ask.startsWith("policy ") ? ask : (ask.split(" ")[0] ?? ""))))]
    .map((ask) => `\`${ask}\``)
    .join(", ");
}
