import { serviceConfigurations } from "../config/configurations.ts";
import type { Configuration } from "../config/configuration.ts";
import { makeProject, type Project, textOf, textAt } from "../config/project.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { applyEdits, type TextEdit } from "../text/edit.ts";
import type { Location } from "../text/location.ts";
import { type Span } from "../text/span.ts";
import { NO_ANSWERS } from "./box.ts";
import { relayAnalysis, type Witness } from "./relayAnalysis.ts";
import { replay } from "./replay.ts";

/** A change of one file that keeps the message of a witness out. */
export interface RelayFix {
  readonly title: string;
  readonly file: string;
  readonly edits: readonly TextEdit[];
  /** Whether no stranger may relay any more afterwards. */
  readonly closes: boolean;
}

/** A change that may help. */
type Attempt = Omit<RelayFix, "closes">;

/** The changes after which the analysis finds the way in no more, and no other. */
export function relayFixes(configuration: Configuration, witness: Witness): readonly RelayFix[] {
  const attempts = [
    ...withoutPermit(configuration, witness),
    ...refusedBefore(configuration, witness),
    ...withoutWord(configuration, witness),
    ...withRelayList(configuration, witness),
  ];
  return attempts.flatMap((attempt) => {
    const closes = verify(configuration, witness, attempt);
    return closes === undefined ? [] : [{ ...attempt, closes }];
  });
}

/** Undefined: the change does not help, or does harm. */
function verify(configuration: Configuration, witness: Witness, attempt: Attempt): boolean | undefined {
  const { project, service } = configuration;
  const before = serviceConfigurations(project);
  const after = serviceConfigurations(edited(project, attempt));
  const mended = after.find((candidate) => candidate.service.name === service.name);
  if (!mended || settingsOf(mended).fatal) return undefined;
  const isOut =
    witness.if.length > 0
      ? waysInto(mended) < waysInto(configuration)
      : replay(mended, witness.message, NO_ANSWERS) === undefined;
  if (!isOut) return undefined;
  const opensNothing = after.every((candidate, index) => waysInto(candidate) <= waysInto(before[index]));
  return opensNothing ? relayAnalysis(mended).verdict === "closed" : undefined;
}

function waysInto(configuration: Configuration | undefined): number {
  return configuration ? relayAnalysis(configuration).witnesses.length : 0;
}

function edited(project: Project, { file, edits }: Attempt): Project {
  const content = project.files.get(file);
  const files = new Map(project.files);
  if (content?.kind === "text") files.set(file, { kind: "text", text: applyEdits(content.text, edits) });
  return makeProject({ ...project, files });
}

/** The entry that permits has no opinion any more. */
function withoutPermit({ project }: Configuration, { blame: { entry } }: Witness): readonly Attempt[] {
  if (!entry) return [];
  const { at, value } = entry;
  const start = at.span.end - value.length;
  const span = { start, end: at.span.end };
  // A value may stand on several lines, or have a part of the key in it.
  if (value === "" || textAt(project, { file: at.file, span }) !== value) return [];
  const title = `Change \`${value}\` to \`DUNNO\` in ${at.file}`;
  return [{ title, file: at.file, edits: [{ span, newText: "DUNNO" }] }];
}

/** `reject_unauth_destination` comes before what permits. */
function refusedBefore({ project, lists }: Configuration, { blame: { at, kind } }: Witness): readonly Attempt[] {
  if (!at || kind !== "permit") return [];
  return [lists.relay, lists.recipient].flatMap(({ items }) => {
    const target = items.find(({ word }) => word.at?.file === at.file && word.at.span.start === at.span.start);
    if (!target || textAt(project, at) !== target.word.text) return [];
    const put = { span: { start: at.span.start, end: at.span.start }, newText: separated(at.file) };
    const refusal = items.slice(items.indexOf(target)).find(({ text }) => text === REFUSAL);
    const removed = refusal && removal(project, items, refusal);
    if (refusal && removed?.file === at.file) {
      const title = `Move \`${REFUSAL}\` before \`${target.text}\``;
      return [{ title, file: at.file, edits: [put, { span: removed.span, newText: "" }] }];
    }
    return [{ title: `Put \`${REFUSAL}\` before \`${target.text}\``, file: at.file, edits: [put] }];
  });
}

const REFUSAL = "reject_unauth_destination";

/** In master.cf a space would end the value. */
function separated(file: string): string {
  return file === "master.cf" ? `${REFUSAL},` : `${REFUSAL}, `;
}

/** The word of an item with what separates it from the item before. */
function removal(project: Project, items: readonly ListItem[], item: ListItem): Location | undefined {
  const before = items[items.indexOf(item) - 1];
  const last = before && (before.argument ?? before.word).at;
  const own = item.word.at;
  if (!last || last.file !== own?.file) return undefined;
  const between = { file: own.file, span: { start: last.span.end, end: own.span.start } };
  if (textAt(project, own) !== item.text || !/^[\s,]+$/.test(textAt(project, between) ?? "")) return undefined;
  return { file: own.file, span: { start: last.span.end, end: own.span.end } };
}

/** The network or domain that lets strangers in is gone; of networks at least this machine stays. */
function withoutWord({ project, parameters }: Configuration, { blame: { at, kind } }: Witness): readonly Attempt[] {
  if (!at || (kind !== "mynetworks" && kind !== "relay_domains")) return [];
  const word = textAt(project, at) ?? "";
  const value = parameters.written(kind)?.text.trim();
  if (value === word) {
    const newText = kind === "mynetworks" ? ONLY_HERE : "";
    const title = newText === "" ? `Empty ${kind}` : `Change ${kind} to \`${newText}\``;
    return [{ title, file: at.file, edits: [{ span: at.span, newText }] }];
  }
  const span = withSeparator(textOf(project, at.file), at.span);
  return [{ title: `Remove \`${word}\` from ${kind}`, file: at.file, edits: [{ span, newText: "" }] }];
}

/** A word with what separates it from its neighbour: on its left, or on its right when it is the first one. */
function withSeparator(text: string, { start, end }: Span): Span {
  const left = start - text.slice(0, start).replace(/[\s,]+$/, "").length;
  if (text[start - left - 1] !== "=") return { start: start - left, end };
  const behind = text.slice(end);
  return { start, end: end + behind.length - behind.replace(/^[\s,]+/, "").length };
}

const ONLY_HERE = "127.0.0.0/8 [::1]/128";

const RELAY_LIST = "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination";

/** The relay list refuses, where it is empty. */
function withRelayList({ project, lists, parameters }: Configuration, { blame }: Witness): readonly Attempt[] {
  if (lists.relay.items.length > 0 || blame.kind === "relay_domains") return [];
  const title = `Set ${RELAY_PARAMETER}`;
  const at = parameters.written(RELAY_PARAMETER)?.nameAt;
  if (at) {
    const start = behindEquals(textOf(project, at.file), at.span.end);
    if (start === undefined) return [];
    const newText = at.file === "master.cf" ? RELAY_LIST.replaceAll(" ", "") : ` ${RELAY_LIST}`;
    return [{ title, file: at.file, edits: [{ span: { start, end: start }, newText }] }];
  }
  if (project.files.get("main.cf")?.kind !== "text") return [];
  const text = textOf(project, "main.cf");
  const newText = `${text.endsWith("\n") ? "" : "\n"}${RELAY_PARAMETER} = ${RELAY_LIST}\n`;
  return [{ title, file: "main.cf", edits: [{ span: { start: text.length, end: text.length }, newText }] }];
}

const RELAY_PARAMETER = "smtpd_relay_restrictions";

/** Where the empty value behind a name begins. */
function behindEquals(text: string, nameEnd: number): number | undefined {
  const equals = /^\s*=/.exec(text.slice(nameEnd))?.[0].length;
  return equals === undefined ? undefined : nameEnd + equals;
}
