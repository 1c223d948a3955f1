import { stageOf } from "../../postfix/stages.ts";
import { settings } from "../uses/settings.ts";
import { count } from "./callers.ts";
import type { LensProvider } from "./lensProvider.ts";

/** Over a restriction list: how many restrictions it has, every `$name` followed. */
export const listLens: LensProvider = {
  name: "list",
  *lenses(project, file) {
    for (const [index, setting] of settings(project).entries()) {
      if (setting.file === file && stageOf(setting.name) && !setting.superseded) {
        yield { span: setting.nameSpan, about: String(index) };
      }
    }
  },
  text(project, about) {
    const setting = settings(project)[Number(about)];
    const stage = setting && stageOf(setting.name)?.stage;
    if (!stage) return undefined;
    return { title: count(setting.configuration.lists[stage].items.length, "restriction", "restrictions") };
  },
};
