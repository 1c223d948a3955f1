import { explore } from "../../server/src/evaluate/explore.ts";
import { caseFrom, type Case } from "../../server/src/evaluate/case.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { readRecording } from "../conformance/recording.ts";
import { configurationOf, evaluation } from "./evaluator.ts";
import { speedOf, type Speed } from "./measure.ts";
import type { Table } from "./table.ts";

/** Traces per second over all recorded cases whose server starts. */
export function recordedTraces(seconds: number): Table {
  const { started, refused } = recordedCases();
  const traces = started.map((asked) => evaluation(asked));
  const explorations = started.map((asked) => {
    const [configuration, known] = [configurationOf(asked), knownWorld(asked)];
    return () => explore(configuration, asked.message, known);
  });
  return {
    title: `${started.length} recorded cases, one after the other (${refused} more do not start and are left out)`,
    columns: ["", "per second", "per processor second", "µs each"],
    rows: [
      speedRow("trace: evaluate()", speedOfAll(traces, seconds)),
      speedRow("with what else may be: explore()", speedOfAll(explorations, seconds)),
    ],
  };
}

export function speedOfAll(works: readonly (() => unknown)[], seconds: number): Speed {
  const all = (): void => {
    for (const work of works) work();
  };
  return speedOf(all, { seconds, warmUp: Math.min(2, seconds), units: works.length });
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
