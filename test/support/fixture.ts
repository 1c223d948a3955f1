import type { FileContent } from "../../server/src/config/files.ts";
import { makeProject, type Project } from "../../server/src/config/project.ts";
import { marked } from "./markers.ts";

/** The project that consists of these files and no others. */
export function projectOf(files: Iterable<readonly [string, string]>): Project {
  const contents = new Map<string, FileContent>();
  for (const [name, text] of files) contents.set(name, { kind: "text", text });
  return makeProject({ files: contents, closed: true });
}

/** The project of an annotated text. */
export function fixture(source: string): Project {
  return projectOf(marked(source).files);
}

/** The project of an annotated text, and where the cursor `<|>` stands in it. */
export function fixtureWithCursor(source: string): {
  readonly project: Project;
  readonly file: string;
  readonly offset: number;
} {
  const { files } = marked(source);
  const place = [...files].find(([, text]) => text.includes(CURSOR));
  if (!place) throw new Error(`there is no ${CURSOR} in the text`);
  const [file, text] = place;
  return {
    project: projectOf([...files].map(([name, content]) => [name, content.replace(CURSOR, "")])),
    file,
    offset: text.indexOf(CURSOR),
  };
}

export const CURSOR = "<|>";
