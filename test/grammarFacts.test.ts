import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../server/src/features/tokens/token.ts";
import { ACTIONS } from "../server/src/postfix/actions.ts";
import { MAP_TYPES } from "../server/src/postfix/mapTypes.ts";
import { RESTRICTIONS } from "../server/src/postfix/restrictions.ts";

const GRAMMARS = ["main", "master", "table"].map((name) =>
  readFileSync(`syntaxes/postfix-${name}.tmLanguage.json`, "utf8"),
);

/** The words that the grammars list wherever they list `known`, each list by itself. */
function listsWith(known: string): readonly (readonly string[])[] {
  const patterns = GRAMMARS.flatMap((text) => [...text.matchAll(/"(?:match|begin)": ("(?:[^"\\]|\\.)*")/g)]);
  const lists = patterns.flatMap(([, pattern = '""']) => groupsOf(JSON.parse(pattern) as string));
  return [...new Set(lists)].map((list) => alternatives(list)).filter((words) => words.includes(known));
}

/** What stands in the groups of a pattern that hold nothing but words. */
function groupsOf(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\((?:\?i?:)?/g)].flatMap((open) => {
    const start = open.index + open[0].length;
    const text = pattern.slice(start, closing(pattern, start));
    return /^[\w|():?]+$/.test(text) && text.includes("|") ? [text] : [];
  });
}

function closing(pattern: string, start: number): number {
  let depth = 1;
  for (let at = start; at < pattern.length; at++) {
    if (pattern[at] === "(") depth++;
    else if (pattern[at] === ")" && --depth === 0) return at;
  }
  return pattern.length;
}

/** All words that a pattern of words, `(?:…)`, `(?:…)?` and `|` matches. */
function alternatives(pattern: string): readonly string[] {
  const words: string[] = [];
  let current = [""];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "|") {
      words.push(...current);
      current = [""];
    } else if (pattern[at] === "(") {
      const start = pattern.startsWith("?:", at + 1) ? at + 3 : at + 1;
      const end = closing(pattern, start);
      const inner = alternatives(pattern.slice(start, end));
      const choices = pattern[end + 1] === "?" ? [...inner, ""] : inner;
      current = current.flatMap((begin) => choices.map((word) => begin + word));
      at = pattern[end + 1] === "?" ? end + 1 : end;
    } else current = current.map((begin) => begin + (pattern[at] ?? ""));
  }
  return [...words, ...current];
}

function check(known: string, expected: readonly string[]): void {
  const lists = listsWith(known);
  assert.ok(lists.length > 0, `${known} is in a grammar`);
  for (const words of lists) assert.deepEqual([...words].sort(), [...expected].sort());
}

test("the grammars know the restrictions that the facts know", () => {
  check("reject_unauth_destination", Object.keys(RESTRICTIONS));
});

test("the grammars know the map types that the facts know", () => {
  const prefixes = ["proxy", "debug"];
  check(
    "texthash",
    Object.keys(MAP_TYPES).filter((name) => !prefixes.includes(name)),
  );
  check("proxy", prefixes);
});

test("the grammars know the actions that the facts know", () => {
  const named = Object.keys(ACTIONS).filter((name) => /^[A-Z_]+$/.test(name));
  for (const words of listsWith("RELAY"))
    if (words.includes("HOLD") && !words.some((word) => word.includes("?")))
      assert.deepEqual([...words].sort(), named.sort());
  // In tables each stands in the pattern of what may follow it.
  const inTables = [...(GRAMMARS[2] ?? "").matchAll(/\(\?i:\(([A-Z_|]+)\)\)/g)].flatMap(([, list = ""]) =>
    list.split("|"),
  );
  assert.deepEqual(inTables.sort(), named.sort());
});

interface Manifest {
  readonly contributes: {
    readonly semanticTokenScopes: readonly {
      readonly language: string;
      readonly scopes: Record<string, readonly string[]>;
    }[];
    readonly semanticTokenTypes: readonly { readonly id: string }[];
    readonly semanticTokenModifiers: readonly { readonly id: string }[];
  };
}

test("semantic tokens have the colours of the grammars", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  assert.equal(contributes.semanticTokenScopes.length, 3);
  for (const { scopes } of contributes.semanticTokenScopes) {
    assert.deepEqual(Object.keys(scopes), [...TOKEN_TYPES]);
    for (const scope of Object.values(scopes).flat()) {
      assert.ok(
        GRAMMARS.some((text) => text.includes(`"${scope}"`) || text.includes(`"${scope.replace(/\.postfix$/, "")}.`)),
        scope,
      );
    }
  }
  for (const { id } of contributes.semanticTokenTypes) assert.ok((TOKEN_TYPES as readonly string[]).includes(id), id);
  for (const { id } of contributes.semanticTokenModifiers)
    assert.ok((TOKEN_MODIFIERS as readonly string[]).includes(id), id);
});
