import type { Project } from "../config/project.ts";
import { findings } from "../rules/findings.ts";
import { encloses, type Span } from "../text/span.ts";
import { tokensInMainCf, tokensInMasterCf, tokensInTable } from "./tokens/fileTokens.ts";
import type { Token } from "./tokens/token.ts";

/** More are left to the grammar: a table may have a million lines. */
const LIMIT = 50_000;

/** What the names in a file mean, from top to bottom; each on one line and none over another. */
export function semanticTokens(project: Project, file: string, range?: Span): readonly Token[] {
  const content = project.files.get(file);
  if (content?.kind !== "text") return [];
  const unused = findings(project)
    .filter(({ finding }) => finding.unnecessary && finding.at.file === file)
    .map(({ finding }) => finding.at.span);
  const tokens: Token[] = [];
  let end = 0;
  for (const token of inOrder(tokensOf(project, file))) {
    const { span } = token;
    if (span.start < end || (range && !overlap(span, range)) || !isShown(content.text, span)) continue;
    if (tokens.length === LIMIT) break;
    tokens.push(unused.some((other) => encloses(other, span)) ? withModifier(token) : token);
    end = span.end;
  }
  return tokens;
}

function tokensOf(project: Project, file: string): Iterable<readonly Token[]> {
  if (file === "main.cf") return tokensInMainCf(project);
  return file === "master.cf" ? tokensInMasterCf(project) : tokensInTable(project, file);
}

/** The tokens of one logical line after the other; only within a line they have to be sorted. */
function* inOrder(lines: Iterable<readonly Token[]>): Generator<Token, void, undefined> {
  for (const line of lines) yield* [...line].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function overlap(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Editors take tokens of one line only. */
function isShown(text: string, { start, end }: Span): boolean {
  return start < end && !text.slice(start, end).includes("\n");
}

function withModifier(token: Token): Token {
  return { ...token, modifiers: [...token.modifiers, "unused"] };
}
