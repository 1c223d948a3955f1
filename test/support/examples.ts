import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Project } from "../../server/src/config/project.ts";
import { projectOf } from "./fixture.ts";

const DIRECTORY = "examples";

/** The examples that come with the product, by name. */
export function examples(): readonly (readonly [name: string, project: Project])[] {
  return readdirSync(DIRECTORY).map((name) => [name, projectOf(filesOf(path.join(DIRECTORY, name)))]);
}

function filesOf(directory: string): readonly (readonly [string, string])[] {
  const entries = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ name }) => [name, readFileSync(path.join(directory, name), "utf8")]);
}
