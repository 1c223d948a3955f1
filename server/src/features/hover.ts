import type { Hover } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { unreachable } from "../text/unreachable.ts";
import { rangeAt } from "./diagnostics.ts";
import { documentedText } from "./documentedText.ts";
import { classText } from "./hoverClass.ts";
import { parameterText } from "./hoverParameter.ts";
import { tableText } from "./hoverTable.ts";
import { code } from "./markdown.ts";
import { targetsAt, type Target } from "./target.ts";

/** Documents what stands at an offset of a file: restrictions, classes, parameters, `$name`, `type:name`, actions. */
export function hover(project: Project, file: string, offset: number): Hover | undefined {
  const [target] = targetsAt(project, file, offset);
  if (!target) return undefined;
  const value = textOf(target);
  if (value === undefined) return undefined;
  return { contents: { kind: "markdown", value }, range: rangeAt(project, { file, span: target.span }) };
}

function textOf(target: Target): string | undefined {
  const { configuration } = target;
  switch (target.kind) {
    case "restriction":
      return documentedText(configuration, target);
    case "class":
      return classText(configuration.project, target.name);
    case "parameter":
      return parameterText(configuration, target.name, code(target.name));
    case "reference":
      return parameterText(configuration, target.name, code(`$${target.name}`));
    case "table":
      return tableText(configuration, target.reference);
    case "action":
      return documentedText(configuration, target);
    default:
      return unreachable(target);
  }
}
