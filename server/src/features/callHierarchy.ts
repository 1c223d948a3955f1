import { hasFile, type Project } from "../config/project.ts";
import { configurations } from "../config/configurations.ts";
import { stageOf } from "../postfix/stages.ts";
import type { Location } from "../text/location.ts";
import { groupBy } from "./groupBy.ts";
import { callsFrom, callsTo, type Call } from "./uses/calls.ts";
import { keyOf, type Subject } from "./uses/mention.ts";
import { settings } from "./uses/settings.ts";
import { mentionsAt, mentionsOf } from "./uses/uses.ts";

/** A restriction list, a class or a table, as one file has it. */
export interface CallNode {
  readonly subject: Subject;
  readonly what: "restriction list" | "restriction class" | "table";
  /** Its name, or the start of its file. */
  readonly at: Location;
}

/** A node, and the words of the calling one that lead to the called one. */
export interface CallEdge {
  readonly node: CallNode;
  readonly from: readonly Location[];
}

/** The list, class or table at an offset. */
export function prepareCalls(project: Project, file: string, offset: number): CallNode | undefined {
  for (const { subject } of mentionsAt(project, file, offset)) {
    const node = nodeOf(project, subject, file) ?? anyNodeOf(project, subject);
    if (node) return node;
  }
  return undefined;
}

/** Who calls it. */
export function incomingCalls(project: Project, callee: Subject): readonly CallEdge[] {
  const groups = groupBy(callsTo(project, callee), ({ caller, at }) => `${keyOf(caller)}\n${at.file}`);
  return groups.flatMap((calls) => edge(calls, nodeOf(project, calls[0].caller, calls[0].at.file)));
}

/** What it calls, as the file has it that `caller` stands in. */
export function outgoingCalls(project: Project, caller: Subject, file: string): readonly CallEdge[] {
  const calls = callsFrom(project, caller).filter(({ at }) => at.file === file);
  return groupBy(calls, ({ callee }) => keyOf(callee)).flatMap((group) =>
    edge(group, anyNodeOf(project, group[0].callee)),
  );
}

function edge(calls: readonly Call[], node: CallNode | undefined): readonly CallEdge[] {
  return node ? [{ node, from: calls.map(({ at }) => at) }] : [];
}

function nodeOf(project: Project, subject: Subject, file: string): CallNode | undefined {
  if (subject.kind === "table") return tableNode(project, subject);
  const what = kindOf(project, subject);
  const setting = settings(project).findLast((one) => one.name === subject.name && one.file === file);
  return what && setting && { subject, what, at: { file, span: setting.nameSpan } };
}

function anyNodeOf(project: Project, subject: Subject): CallNode | undefined {
  return nodeOf(project, subject, "main.cf") ?? nodeOf(project, subject, "master.cf");
}

/** A table without a file here stands where it is named first. */
function tableNode(project: Project, subject: Subject): CallNode | undefined {
  const file = { file: subject.name, span: { start: 0, end: 0 } };
  const at = hasFile(project, subject.name) ? file : mentionsOf(project, subject)[0]?.at;
  return at && { subject, what: "table", at };
}

function kindOf(project: Project, { kind, name }: Subject): CallNode["what"] | undefined {
  if (kind !== "parameter") return undefined;
  if (stageOf(name)) return "restriction list";
  return configurations(project).some(({ classes }) => classes.has(name)) ? "restriction class" : undefined;
}
