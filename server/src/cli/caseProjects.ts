import type { Project } from "../config/project.ts";
import type { Case } from "../evaluate/case.ts";
import { machineOf, projectOfCase } from "../evaluate/caseProject.ts";
import type { Release } from "../postfix/release.ts";
import { releaseFrom } from "./options.ts";
import { readProject } from "./readProject.ts";

/** What the options say about the configuration of a case. */
export interface CaseDefaults {
  readonly config: string | undefined;
  readonly version: string | undefined;
}

/**
 * Finds the configurations of cases: their files, or the directory that they or the options name. Cases with the same
 * configuration that follow each other share it, so a directory is read, and its tables are parsed, once for all of them.
 */
export function caseProjects({ config, version }: CaseDefaults): (given: Case) => Promise<Project> {
  let known: { readonly name: string; readonly project: Promise<Project> } | undefined;
  return (given) => {
    const { files, hostname, interfaces, no_postmap, tables = {} } = given;
    const source = { release: releaseFrom(given.postfixVersion ?? version), directory: given.config ?? config ?? "." };
    const name = JSON.stringify([source, files, hostname, interfaces, no_postmap, Object.keys(tables)]);
    if (known?.name !== name) known = { name, project: read(given, source) };
    return known.project;
  };
}

interface Source {
  readonly release: Release | undefined;
  readonly directory: string;
}

async function read(given: Case, { release, directory }: Source): Promise<Project> {
  if (given.files) return projectOfCase(given, release);
  const machine = given.hostname !== undefined || given.interfaces ? machineOf(given) : undefined;
  return readProject(directory, { release, machine });
}
