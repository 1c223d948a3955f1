import type { CodeAction, Diagnostic, TextEdit } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { relayFixes } from "../relay/relayFixes.ts";
import { findings, type FoundFinding } from "../rules/findings.ts";
import type { Fix } from "../rules/rule.ts";
import { rangeOf } from "../text/lineIndex.ts";
import type { Location } from "../text/location.ts";
import { FIX_ALL } from "./announced.ts";
import { linesOf } from "../config/lines.ts";
import { diagnosticOf, type UriOf } from "./diagnostics.ts";
import { fixTogether } from "./fixTogether.ts";
import type { LensCommand } from "./lenses/lensProvider.ts";
import { ignoreFix } from "./ignoreFix.ts";
import { witnessTrace } from "./witnessTrace.ts";

/**
 * For the findings that `place` touches: their fixes, the fix of all findings of the same rule in the file, and a comment
 * that silences the rule there. For the whole file: all fixes at once. `only` says which kinds are wanted.
 */
export function codeActions(
  project: Project,
  place: Location,
  uriOf: UriOf,
  only: readonly string[] | undefined,
): CodeAction[] {
  const { file, span } = place;
  const inFile = findings(project).filter(({ finding }) => finding.at.file === file);
  const touched = inFile.filter(({ finding: { at } }) => at.span.start <= span.end && span.start <= at.span.end);
  const context: Context = { project, uriOf, inFile };
  const actions = isWanted("quickfix", only)
    ? [
        ...touched.flatMap((found) => ownFix(context, found)),
        ...rulesOf(touched).flatMap((code) => fixOfRule(context, code)),
        ...touched.flatMap((found) => relayActions(context, found)),
        ...showProofs(context, touched),
        ...touched.flatMap((found) => ignore(context, found)),
      ]
    : [];
  const single = withoutTwins(actions);
  const all = isWanted(FIX_ALL, only) ? fixTogether(project, inFile) : undefined;
  return all ? [...single, action(context, { kind: FIX_ALL, fix: all, diagnostics: [] })] : single;
}

/** Two findings at one place may have the same fix: it is offered once, for both. */
function withoutTwins(actions: readonly CodeAction[]): CodeAction[] {
  const known = new Map<string, CodeAction>();
  for (const one of actions) {
    const key = JSON.stringify([one.title, one.edit, one.command]);
    const twin = known.get(key);
    const diagnostics = [...(twin?.diagnostics ?? []), ...(one.diagnostics ?? [])];
    known.set(key, twin ? { ...one, ...twin, diagnostics } : one);
  }
  return [...known.values()];
}

interface Context {
  readonly project: Project;
  readonly uriOf: UriOf;
  readonly inFile: readonly FoundFinding[];
}

/** A kind stands for all that it begins. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only?.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`)) ?? true;
}

function rulesOf(found: readonly FoundFinding[]): readonly string[] {
  return [...new Set(found.map(({ rule }) => rule.code))];
}

function ownFix(context: Context, found: FoundFinding): CodeAction[] {
  const { fix } = found.finding;
  if (!fix) return [];
  const diagnostics = [diagnosticOf(context.project, found, context.uriOf)];
  return [{ ...action(context, { kind: "quickfix", fix, diagnostics }), isPreferred: true }];
}

function fixOfRule(context: Context, code: string): CodeAction[] {
  const same = context.inFile.filter(({ rule, finding }) => rule.code === code && finding.fix);
  const fix = same.length > 1 ? fixTogether(context.project, same) : undefined;
  if (!fix) return [];
  const diagnostics = same.map((found) => diagnosticOf(context.project, found, context.uriOf));
  const title = `Fix all of \`${code}\` in this file`;
  return [action(context, { kind: "quickfix", fix: { ...fix, title }, diagnostics })];
}

/** What closes an open relay. Nobody wants that unasked, so it is not among all fixes. */
function relayActions(context: Context, found: FoundFinding): CodeAction[] {
  const proof = found.finding.proof?.();
  if (!proof?.relays) return [];
  const diagnostics = [diagnosticOf(context.project, found, context.uriOf)];
  return relayFixes(proof.configuration, proof.relays).map(({ title, file, edits, closes }) => ({
    ...action(context, { kind: "quickfix", fix: { title, edits: [{ file, edits }] }, diagnostics }),
    ...(closes && { isPreferred: true }),
  }));
}

/** Several messages at one place say which service each is for. */
function showProofs(context: Context, touched: readonly FoundFinding[]): readonly CodeAction[] {
  const shown = touched.flatMap((found) => showProof(context, found));
  return shown.length < 2
    ? shown.map(({ action: one }) => one)
    : shown.map(({ action: one, service }) => ({ ...one, title: `${one.title} (service \`${service}\`)` }));
}

/** Shows the message that proves a finding, where the editor has the command. */
function showProof(context: Context, found: FoundFinding): { readonly action: CodeAction; readonly service: string }[] {
  const { at } = found.finding;
  const proof = found.finding.proof?.();
  if (!proof) return [];
  const { message, configuration, relays } = proof;
  const title = "Show this message";
  const shown = relays ? witnessTrace(relays) : { message };
  const traced = { uri: context.uriOf(at.file), ...shown, service: configuration.service.name };
  const diagnostics = [diagnosticOf(context.project, found, context.uriOf)];
  const command = { title, command: SHOW, arguments: [traced] };
  return [{ action: { title, kind: "quickfix", diagnostics, command }, service: configuration.service.name }];
}

const SHOW: LensCommand = "postfixMailflow.trace";

function ignore(context: Context, found: FoundFinding): CodeAction[] {
  const fix = ignoreFix(context.project, found);
  if (!fix) return [];
  const diagnostics = [diagnosticOf(context.project, found, context.uriOf)];
  return [action(context, { kind: "quickfix", fix, diagnostics })];
}

function action(
  { project, uriOf }: Context,
  { kind, fix, diagnostics }: { readonly kind: string; readonly fix: Fix; readonly diagnostics: Diagnostic[] },
): CodeAction {
  return { title: fix.title, kind, diagnostics, edit: { changes: changesOf(project, fix, uriOf) } };
}

function changesOf(project: Project, fix: Fix, uriOf: UriOf): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, edits } of fix.edits) {
    const lines = linesOf(project, file);
    changes[uriOf(file)] = edits.map(({ span, newText }) => ({ range: rangeOf(lines, span), newText }));
  }
  return changes;
}
