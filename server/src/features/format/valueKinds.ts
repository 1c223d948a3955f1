import { configurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { isListParameter } from "../../postfix/listParameters.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { stageOf } from "../../postfix/stages.ts";
import { derived } from "../../text/derived.ts";

/** Whether the white space between the words of a value counts. In a list it does not. */
type ValueKind = "restrictions" | "list" | "text";

export type ValueKinds = (name: string) => ValueKind;

/** What the values of the parameters are in a project. A list that the text of another value takes in is a text itself. */
export const valueKinds = derived((project: Project): ValueKinds => {
  const classes = new Set(configurations(project).flatMap((one) => [...one.classes.keys()]));
  const lists = (name: string): ValueKind => {
    if (stageOf(name) || classes.has(name)) return "restrictions";
    return isListParameter(name) ? "list" : "text";
  };
  const values = valuesOf(project);
  const inLists = reached(values, (name) => lists(name) !== "text");
  // What is neither Postfix's nor used in a list may be used anywhere.
  const isText = (name: string): boolean => lists(name) === "text" && (PARAMETERS.has(name) || !inLists.has(name));
  const inTexts = reached(values, isText);
  return (name) => {
    if (isText(name) || inTexts.has(name)) return "text";
    const kind = lists(name);
    return kind === "text" ? "list" : kind;
  };
});

/** All values of the names that main.cf and master.cf set, as they are written. */
function valuesOf(project: Project): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  const add = (name: string, value: string): void => {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  };
  for (const node of project.mainCf?.nodes ?? []) if (node.kind === "assignment") add(node.name, node.value);
  for (const node of project.masterCf?.nodes ?? []) {
    if (node.kind === "service") for (const { name, value } of node.options) add(name, value);
  }
  return values;
}

/** The names that the values of some names take in by `$name`, directly or through others. */
function reached(values: ReadonlyMap<string, readonly string[]>, from: (name: string) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [...values.keys()].filter(from);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const [, used = ""] of (values.get(name) ?? []).join(" ").matchAll(/\$[({]?\s*(\w+)/g)) {
      if (!names.has(used)) waiting.push(used);
      names.add(used);
    }
  }
  return names;
}
