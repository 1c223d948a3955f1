import { SemanticTokensBuilder, type SemanticTokens, type SemanticTokensEdit } from "vscode-languageserver";
import { linesOf } from "../../config/lines.ts";
import { semanticTokens } from "../../features/semanticTokens.ts";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../features/tokens/token.ts";
import { positionAt } from "../../text/lineIndex.ts";
import type { Span } from "../../text/span.ts";
import type { Found } from "../../workspace/workspace.ts";
import { inDocument, type Feature } from "../feature.ts";
import { spanIn } from "../positions.ts";

export const semanticTokenFeature: Feature = {
  connect(server) {
    const { semanticTokens: requests } = server.connection.languages;
    const sent = new SentTokens();
    requests.on(async ({ textDocument: { uri } }) => {
      const data = await inDocument(server, "semantic tokens", uri, (found) => encoded(found));
      return sent.remember(uri, data ?? []);
    });
    requests.onDelta(async ({ textDocument: { uri }, previousResultId }) => {
      const data = await inDocument(server, "changed semantic tokens", uri, (found) => encoded(found));
      const before = sent.find(uri, previousResultId);
      const { resultId } = sent.remember(uri, data ?? []);
      if (!before) return { resultId, data: data ?? [] };
      return { resultId, edits: difference(before, data ?? []) };
    });
    requests.onRange(async ({ textDocument: { uri }, range }) => {
      const data = await inDocument(server, "semantic tokens of a range", uri, (found) =>
        encoded(found, spanIn(found.project, found.file, range)),
      );
      return { data: data ?? [] };
    });
  },
};

/** What was sent last for a document, so that next time only the difference goes out. */
class SentTokens {
  readonly #sent = new Map<string, { readonly resultId: string; readonly data: number[] }>();
  #count = 0;

  remember(uri: string, data: number[]): Required<SemanticTokens> {
    const tokens = { resultId: String(++this.#count), data };
    this.#sent.delete(uri);
    this.#sent.set(uri, tokens);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > KEPT && oldest !== undefined) this.#sent.delete(oldest);
    return tokens;
  }

  find(uri: string, resultId: string): number[] | undefined {
    const known = this.#sent.get(uri);
    return known?.resultId === resultId ? known.data : undefined;
  }
}

/** Nobody edits more documents at once. */
const KEPT = 32;

/** One edit that replaces everything between the equal beginnings and the equal ends. */
function difference(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const [deleteCount, data] = [before.length - start - same, after.slice(start, after.length - same)];
  return deleteCount === 0 && data.length === 0 ? [] : [{ start, deleteCount, data }];
}

function encoded({ project, file }: Found, range?: Span): number[] {
  const builder = new SemanticTokensBuilder();
  const lines = linesOf(project, file);
  for (const { span, type, modifiers } of semanticTokens(project, file, range)) {
    const { line, character } = positionAt(lines, span.start);
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
    builder.push(line, character, span.end - span.start, TOKEN_TYPES.indexOf(type), bits);
  }
  return builder.build().data;
}
