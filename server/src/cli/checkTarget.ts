import { readFileSync } from "node:fs";
import path from "node:path";
import type { Project } from "../config/project.ts";
import { isPostfixMain, isPostfixMaster } from "../workspace/isPostfix.ts";
import { readAny, type Given } from "./readProject.ts";
import type { Target } from "./target.ts";

/** What `check` looks at. */
export interface Checked {
  readonly target: Target;
  readonly project: Project;
}

/**
 * Reads the project of a target. A file that nobody reads, but that is a main.cf or master.cf by another name
 * (`main.cf.dist`, `extra.cf`), is read in the place of that, as the editor does it.
 */
export async function readTarget(target: Target, given: Given): Promise<Checked> {
  const { directory, file } = target;
  const project = await readAny(directory, given);
  const place = file === undefined || project.asked.has(file) ? undefined : placeOf(path.join(directory, file));
  if (file === undefined || !place) return { target, project };
  const part = place === "main.cf" && !path.basename(file).startsWith(place);
  return {
    target: { ...target, place },
    project: await readAny(directory, { ...given, part, instead: { [place]: file } }),
  };
}

function placeOf(file: string): Target["place"] {
  const text = readFileSync(file, "utf8");
  if (isPostfixMain(text)) return "main.cf";
  return isPostfixMaster(text) ? "master.cf" : undefined;
}
