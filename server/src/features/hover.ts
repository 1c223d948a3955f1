import type { Hover } from "vscode-languageserver-types";
import type { Configuration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import { action, type ActionName } from "../postfix/actions.ts";
import { manualOfActions, manualOfRestriction } from "../postfix/manual.ts";
import { restriction, type RestrictionFact, type RestrictionName } from "../postfix/restrictions.ts";
import { unreachable } from "../text/unreachable.ts";
import { rangeAt, type UriOf } from "./diagnostics.ts";
import { classText } from "./hoverClass.ts";
import { parameterText } from "./hoverParameter.ts";
import { tableText } from "./hoverTable.ts";
import { code, paragraphs, placesIn, type ShowPlace } from "./markdown.ts";
import { targetsAt, type Target } from "./target.ts";

/** Documents what stands at an offset of a file: restrictions, classes, parameters, `$name`, `type:name`, actions. */
export function hover(project: Project, file: string, offset: number, uriOf?: UriOf): Hover | undefined {
  const [target] = targetsAt(project, file, offset);
  if (!target) return undefined;
  const value = textOf(project, target, placesIn(project, uriOf));
  if (value === undefined) return undefined;
  return { contents: { kind: "markdown", value }, range: rangeAt(project, { file, span: target.span }) };
}

function textOf(project: Project, target: Target, showPlace: ShowPlace): string | undefined {
  const { configuration } = target;
  switch (target.kind) {
    case "restriction":
      return restrictionText(target.name, configuration);
    case "class":
      return classText(project, target.name);
    case "parameter":
      return parameterText(configuration, target.name, code(target.name), showPlace);
    case "reference":
      return parameterText(configuration, target.name, code(`$${target.name}`), showPlace);
    case "table":
      return tableText(configuration, target.reference);
    case "action":
      return actionText(target.name);
    default:
      return unreachable(target);
  }
}

function restrictionText(name: RestrictionName, { project }: Configuration): string {
  const fact = restriction(name);
  return paragraphs(
    `**${code(name)}** — restriction`,
    fact.summary,
    fact.details,
    changes(fact),
    `\`\`\`\`postfix-main\n${fact.example}\n\`\`\`\``,
    `Postfix ${project.release} · [Manual](${manualOfRestriction(name)})`,
  );
}

function changes({ since, deprecated, removed, aliasOf }: RestrictionFact): string {
  return [
    aliasOf === undefined ? "" : `Another name for ${code(aliasOf)}.`,
    since === OLDEST ? "" : `Since Postfix ${since}.`,
    deprecated ? `Deprecated since ${deprecated.since}: use ${code(deprecated.instead)}.` : "",
    removed ? `Removed in ${removed.since}: use ${code(removed.instead)}.` : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
}

/** What the facts say of everything that is at least as old: not worth mentioning. */
const OLDEST = "2.10";

const SHOWN: Readonly<Partial<Record<ActionName, string>>> = {
  "all-digits": "digits only",
  "4NN": "4NN text",
  "5NN": "5NN text",
};

function actionText(name: ActionName): string {
  const { summary, details, example, since } = action(name);
  return paragraphs(
    `**${code(SHOWN[name] ?? name)}** — action of an access table`,
    summary,
    details,
    since === OLDEST ? undefined : `Since Postfix ${since}.`,
    `Example: ${code(example)}`,
    `[Manual](${manualOfActions()})`,
  );
}
