import { readFileSync } from "node:fs";
import path from "node:path";
import type { Project } from "../config/project.ts";
import { isFinished } from "../rules/findings.ts";
import { isTemplate } from "../syntax/template.ts";
import type { Target } from "./target.ts";

/** The template that a target is, or that its main.cf or master.cf is; undefined: none. */
export function templateIn(project: Project, { directory, file }: Target): string | undefined {
  const isOther = file !== undefined && !project.asked.has(file);
  if (isOther && isTemplate(readFileSync(path.join(directory, file), "utf8"))) return file;
  return isFinished(project) ? undefined : `the configuration in ${directory}`;
}
