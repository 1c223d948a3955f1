import { explore } from "../../server/src/evaluate/explore.ts";
import { caseFrom, type Case } from "../../server/src/evaluate/case.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { readRecording } from "../conformance/recording.ts";
import { configurationOf, evaluation } from "./evaluator.ts";
import { speedOf, type Speed } from "./measure.ts";
import type { Table } from "./table.ts";

/** A server sees many messages with one configuration. */
const IN_A_ROW = 50;

/** Traces per second over all recorded cases whose server starts. */
export function recordedTraces(seconds: number): Table {
  const { started, refused } = recordedCases();
  const traces = started.map((asked) => evaluation(asked));
  const explorations = started.map((asked) => {
    const [configuration, known] = [configurationOf(asked), knownWorld(asked)];
    return () => explore(configuration, asked.message, known);
  });
  return {
    title: `${started.length} recorded cases, each with a configuration of its own (${refused} more do not start and are left out)`,
    columns: ["", "per second", "per processor second", "µs each"],
    rows: [
      speedRow(`evaluate(), ${IN_A_ROW} times each`, speedOfAll(traces, seconds, IN_A_ROW)),
      speedRow("evaluate(), once each: every configuration is cold", speedOfAll(traces, seconds)),
      speedRow(`explore(), what else may be too, ${IN_A_ROW} times each`, speedOfAll(explorations, seconds, IN_A_ROW)),
    ],
  };
}

/** Does each of the works so many times, then the next one, and all of them again and again. */
export function speedOfAll(works: readonly (() => unknown)[], seconds: number, times = 1): Speed {
  const all = (): void => {
    for (const work of works) for (let time = 0; time < times; time++) work();
  };
  return speedOf(all, { seconds, warmUp: Math.min(2, seconds), units: works.length * times });
}

function speedRow(name: string, { perSecond, perProcessorSecond }: Speed): Table["rows"][number] {
  return [name, perSecond, perProcessorSecond, 1e6 / perProcessorSecond];
}

function recordedCases(): { readonly started: readonly Case[]; readonly refused: number } {
  const cases = readRecording().map((recorded) => {
    const given = caseFrom({ policy: [], ...recorded });
    if (typeof given === "string") throw new Error(given);
    return given;
  });
  const started = cases.filter((asked) => evaluation(asked)().fatal === undefined);
  return { started, refused: cases.length - started.length };
}
