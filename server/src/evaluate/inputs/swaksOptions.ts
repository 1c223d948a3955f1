import { shellWords } from "./shellWords.ts";

/** The options of a swaks command line. */
export interface SwaksOptions {
  /** By the long name; the last one counts, and `--no-NAME` takes it back. No argument: undefined. */
  readonly given: ReadonlyMap<string, string | undefined>;
  readonly notes: readonly string[];
}

/** Long name and short ones, by whether an argument follows. After swaks 20240103, `swaks --help`. */
const WITHOUT_ARGUMENT = [
  "4,6,dump-as-body-shows-password dabsp,suppress-data n,auth-plaintext apt,support,tls,tls-optional tlso",
  "tls-optional-strict tlsos,tls-on-connect tlsc,tls-verify,tls-verify-ca,tls-verify-host,no-strip-from nsf",
  "no-hints nth,no-send-hints nsh,no-receive-hints nrh,no-info-hints nih,hide-receive hr,hide-send hs",
  "protect-prompt pp,hide-informational hi,hide-all ha,version,help,no-data-fixup ndf,show-raw-text raw,dump-mail",
  "pipeline,prdr,force-getpwuid,xclient-delim,xclient-optional,xclient-optional-strict,xclient-before-starttls",
  "xclient-no-verify,g",
];
const WITH_ARGUMENT = [
  "protocol,quit-after quit q,drop-after drop da,drop-after-send das,auth-map am,auth-extra ae,tls-cert,tls-key",
  "tls-chain,tls-protocol tlsp,tls-cipher,tls-sni,tls-verify-target,tls-ca-path,output output-file",
  "output-file-stdout,output-file-stderr",
];
const MAYBE_WITH_ARGUMENT = [
  "config,from f,to t,cc,bcc,helo ehlo lhlo h,server s,copy-routing,port p,data d,dump-as-body dab,timeout,auth a",
  "auth-user au,auth-password ap,auth-hide-password ahp,auth-optional ao,auth-optional-strict aos",
  "local-interface li,local-port lport lp,tls-get-peer-cert,tls-get-peer-chain,silent S,show-time-lapse stl,pipe",
  "socket,body,attach-name,attach-type,attach,attach-body,add-header ah,header,dump,xclient,xclient-name",
  "xclient-addr,xclient-port,xclient-proto,xclient-destaddr,xclient-destport,xclient-helo,xclient-login",
  "xclient-reverse-name,proxy,proxy-version,proxy-family,proxy-command,proxy-protocol,proxy-source",
  "proxy-source-port,proxy-dest,proxy-dest-port",
];

type Argument = "none" | "required" | "optional";

interface Option {
  readonly name: string;
  readonly argument: Argument;
}

const OPTIONS: ReadonlyMap<string, Option> = new Map([
  ...named(WITHOUT_ARGUMENT, "none"),
  ...named(WITH_ARGUMENT, "required"),
  ...named(MAYBE_WITH_ARGUMENT, "optional"),
]);

function named(rows: readonly string[], argument: Argument): [string, Option][] {
  return rows
    .flatMap((row) => row.split(","))
    .flatMap((names) =>
      names.split(" ").map((alias): [string, Option] => [alias, { name: names.split(" ")[0] ?? "", argument }]),
    );
}

/** Reads a swaks command line. A string says what is wrong with it. */
export function swaksOptions(commandLine: string): SwaksOptions | string {
  const split = shellWords(commandLine);
  if (typeof split === "string") return split;
  const words = argumentsOf(split.words);
  if (!words) return `\`${split.words[0] ?? ""}\` is no swaks command line`;
  const given = new Map<string, string | undefined>();
  for (let at = 0; at < words.length;) {
    const taken = takeOption(words, at);
    if (typeof taken === "string") return taken;
    if (taken.kind === "unset") given.delete(taken.name);
    else if (taken.kind === "set") given.set(taken.name, taken.value);
    at += taken.length;
  }
  return { given, notes: splitNotes(split.expands, split.endedBy) };
}

function splitNotes(expands: boolean, endedBy: string | undefined): string[] {
  const notes: string[] = [];
  if (expands) notes.push("`$` and backticks are taken as they are, where a shell would put something in their place");
  if (endedBy !== undefined)
    notes.push(`the command ends at ${endedBy.length > 1 ? endedBy : `\`${endedBy}\``}; what follows is left out`);
  return notes;
}

/** The words behind `swaks`, also behind `FOO=bar sudo /usr/bin/swaks`; options alone will do too. */
function argumentsOf(words: readonly string[]): readonly string[] | undefined {
  const command = words.findIndex((word) => /(?:^|\/)swaks(?:\.pl)?$/.test(word));
  const before = command < 0 ? [] : words.slice(0, command);
  if (command >= 0 && !before.some((word) => word.startsWith("-"))) return words.slice(command + 1);
  return words.length === 0 || words[0]?.startsWith("-") ? words : undefined;
}

interface Taken {
  readonly kind: "set" | "unset" | "nothing";
  readonly name: string;
  readonly value?: string;
  readonly length: number;
}

function takeOption(words: readonly string[], at: number): Taken | string {
  const word = words[at] ?? "";
  const match = /^--?([^=]+)(?:=([^]*))?$/.exec(word);
  if (!match) return `\`${word}\` is no option of swaks`;
  const [, name = "", attached] = match;
  const written = { word, attached, next: attached ?? words[at + 1] };
  // `--header-Subject text`, `--h-Subject text`.
  if (/^h(?:eader)?-/.test(name)) return { kind: "nothing", name, length: lengthWith(written, written.next) };
  if (/^no-h(?:eader)?-/.test(name)) return { kind: "nothing", name, length: 1 };
  const option = optionNamed(name);
  if (option) return setOption(option, written);
  const unset = name.startsWith("no-") ? optionNamed(name.slice(3)) : undefined;
  return unset ? { kind: "unset", name: unset.name, length: 1 } : `swaks has no option \`${word}\``;
}

/** An option as it stands: `--name`, `--name=attached`, `--name next`. */
interface Written {
  readonly word: string;
  readonly attached: string | undefined;
  readonly next: string | undefined;
}

function setOption(option: Option, written: Written): Taken | string {
  const { name, argument } = option;
  const { word, attached, next } = written;
  if (argument === "none") return { kind: "set", name, length: 1 };
  if (next === undefined && argument === "required") return `the option \`${word}\` of swaks needs an argument`;
  // What begins with a dash is the next option and not an optional argument. See Getopt::Long(3).
  const isNext = argument === "optional" && attached === undefined && /^-./.test(next ?? "");
  const value = isNext ? undefined : next;
  return { kind: "set", name, ...(value !== undefined && { value }), length: lengthWith(written, value) };
}

/** How many words an option with this value takes. */
function lengthWith({ attached }: Written, value: string | undefined): number {
  return value !== undefined && attached === undefined ? 2 : 1;
}

/** Names may be cut, as long as only one begins like that. */
function optionNamed(written: string): Option | undefined {
  const exact = OPTIONS.get(written);
  if (exact) return exact;
  const candidates = [...OPTIONS].filter(([name]) => name.startsWith(written)).map(([, option]) => option);
  return new Set(candidates.map(({ name }) => name)).size === 1 ? candidates[0] : undefined;
}
