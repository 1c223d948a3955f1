import type { Configuration } from "../config/configuration.ts";
import { documentation, type Documented } from "./documentation.ts";
import { documentationText } from "./documentationText.ts";
import { classText } from "./hoverClass.ts";
import { parameterText } from "./hoverParameter.ts";
import { code, placesIn } from "./markdown.ts";

/** What an editor shows of a name: its documentation, and for parameters and classes what they are set to. */
export function documentedText(configuration: Configuration, documented: Documented): string | undefined {
  const { kind, name } = documented;
  if (kind === "class") return classText(configuration.project, name);
  if (kind === "parameter")
    return parameterText(configuration, name, code(name), placesIn(configuration.project, undefined));
  const found = documentation(documented, configuration.project.release);
  return found && documentationText(found);
}
