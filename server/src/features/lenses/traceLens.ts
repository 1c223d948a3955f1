import { classLens } from "./classLens.ts";
import { listLens } from "./listLens.ts";
import type { LensProvider } from "./lensProvider.ts";

/** Over a restriction list or class: what happens to a message. */
export const traceLens: LensProvider = {
  name: "trace",
  needs: "postfixMailflow.trace",
  *lenses(project, file) {
    yield* listLens.lenses(project, file);
    yield* classLens.lenses(project, file);
  },
  text: () => ({ title: "Trace a message", command: "postfixMailflow.trace" }),
};
