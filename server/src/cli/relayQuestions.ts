import type { Configuration } from "../config/configuration.ts";
import { placeText } from "./placeText.ts";
import type { Case } from "../evaluate/case.ts";
import { places } from "../evaluate/report.ts";
import { askQuestions, type Answered, type Questions } from "../relay/questions.ts";
import type { Witness } from "../relay/relayAnalysis.ts";
import { witnessCase } from "../relay/witnessCase.ts";
import type { Range } from "../text/lineIndex.ts";
import { terminalStyle } from "./terminal.ts";

/** A message that gets through, as a case, and what it takes. */
interface ShownBy {
  readonly case: Case;
  readonly because: string;
  readonly if: Witness["if"];
}

export function shownBy(configuration: Configuration, witness: Witness): ShownBy {
  return { case: witnessCase(configuration, witness), because: witness.because, if: witness.if };
}

type Asked = Exclude<keyof Questions, "trusted">;

type QuestionsReport = Readonly<
  Record<Asked, Pick<Answered, "answer" | "because"> & { readonly witnesses: readonly ShownBy[] }>
> & {
  readonly trusted: readonly {
    readonly who: string;
    readonly word: string;
    readonly by: { readonly file?: string; readonly range?: Range };
    readonly case: Case;
  }[];
};

/** What else is asked of a service, as data. */
export function questionsReport(configuration: Configuration): QuestionsReport {
  const { spoof, receive, loginAsAnyone, insiderAsAnyone, trusted } = askQuestions(configuration);
  const place = places(configuration.project);
  const reported = ({ answer, because, witnesses }: Answered): QuestionsReport[Asked] => ({
    answer,
    because,
    witnesses: witnesses.map((witness) => shownBy(configuration, witness)),
  });
  return {
    spoof: reported(spoof),
    receive: reported(receive),
    loginAsAnyone: reported(loginAsAnyone),
    insiderAsAnyone: reported(insiderAsAnyone),
    trusted: trusted.map((one) => ({
      who: one.who,
      word: one.blame.restriction ?? one.blame.kind,
      by: place(one.blame.at),
      case: witnessCase(configuration, one),
    })),
  };
}

/** The same for people. */
export function questionsText(configuration: Configuration): string {
  const questions = askQuestions(configuration);
  const { strong, faint } = terminalStyle();
  const place = places(configuration.project);
  const answers = ASKED.map(([name, text]) => {
    const { answer, because } = questions[name];
    return `  ${text} ${strong(answer)}\n${faint(`    ${because}`)}`;
  });
  const trusted = questions.trusted.map(({ who, blame }) => {
    const where = placeText(place(blame.at));
    return `    ${who}: \`${blame.restriction ?? blame.kind}\`${where === "" ? "" : ` ${faint(where)}`}`;
  });
  const list = trusted.length === 0 ? ["    nobody"] : trusted;
  return `${[...answers, "  Who may relay?", ...list].join("\n")}\n`;
}

const ASKED: readonly (readonly [Asked, string])[] = [
  ["receive", "Does ordinary mail from outside get in?"],
  ["spoof", "May a stranger use an address of this server as the sender?"],
  ["loginAsAnyone", "May a login send as somebody else?"],
  ["insiderAsAnyone", "May a client in mynetworks send as anyone?"],
];
