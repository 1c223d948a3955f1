import { listLens } from "./listLens.ts";
import type { LensProvider } from "./lensProvider.ts";

/** Over a restriction list: what happens to a message. */
export const traceLens: LensProvider = {
  name: "trace",
  needs: "postfixMailflow.trace",
  lenses: (project, file) => listLens.lenses(project, file),
  text: () => ({ title: "Trace a message", command: "postfixMailflow.trace" }),
};
