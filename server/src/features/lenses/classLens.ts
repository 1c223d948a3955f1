import { configurations } from "../../config/configurations.ts";
import { settings } from "../uses/settings.ts";
import { callersOf } from "./callers.ts";
import type { LensProvider } from "./lensProvider.ts";

/** Over the definition of a class: who uses it. */
export const classLens: LensProvider = {
  name: "class",
  *lenses(project, file) {
    const classes = new Set(configurations(project).flatMap((configuration) => [...configuration.classes.keys()]));
    for (const setting of settings(project)) {
      if (setting.file === file && classes.has(setting.name)) yield { span: setting.nameSpan, about: setting.name };
    }
  },
  text(project, about) {
    const { words, places } = callersOf(project, { kind: "parameter", name: about });
    if (words.length === 0) return { title: "Used by no list, class or table" };
    return { title: `Used by ${words.join(", ")}`, command: "postfixMailflow.showReferences", places };
  },
};
