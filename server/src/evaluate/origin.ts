import type { Parameters } from "../config/parameters.ts";
import { resolveFile, type Project } from "../config/project.ts";
import { compareReleases } from "../postfix/release.ts";

/** What stands behind an address without a domain, or why no program starts. */
export interface Origin {
  readonly name: string;
  readonly complaint?: string;
}

/**
 * The domain that myorigin names. Debian's Postfix takes the first line of a file whose path stands there; the 3.12 that we
 * know is the original, which does not. Where the file cannot be seen, the host's own name stands for it.
 */
export function originOf(project: Project, parameters: Parameters): Origin {
  const value = parameters.value("myorigin");
  if (!value.startsWith("/") || compareReleases(project.release, "3.12") >= 0) return { name: value };
  const content = project.files.get(value) ?? resolveFile(project, value)?.content;
  if (content?.kind === "text") {
    const end = content.text.indexOf("\n");
    const name = (end < 0 ? content.text : content.text.slice(0, end)).trim();
    return name === "" ? { name, complaint: `myorigin file ${value} is empty` } : { name };
  }
  if (!project.closed) return { name: parameters.value("myhostname") };
  return { name: value, complaint: `${value}: cannot open file: No such file or directory` };
}
