import { extensionsFor } from "./extensions.ts";
import { refuse } from "./refuse.ts";
import type { Run } from "./run.ts";

/** The options behind the address of MAIL FROM. SMTPUTF8 says which addresses are taken, so it is looked for first. */
export function readMailOptions(run: Run): readonly string[] {
  run.smtputf8 = false;
  const { mail_params } = run.message;
  if (!mail_params) return [];
  const options = mail_params.split(" ").filter((option) => option !== "");
  run.smtputf8 = options.some((option) => option.toUpperCase() === "SMTPUTF8") && extensionsFor(run).smtputf8;
  return options;
}

/** What smtpd says against the options of MAIL FROM. See smtpd.c, mail_cmd(). */
export function complaintAbout(run: Run, options: readonly string[], sender: string): string | undefined {
  if (options.length === 0) return undefined;
  const seen = new Set<string>();
  for (const option of options) {
    const [written = "", value] = option.split(/=(.*)/s);
    const name = written.toUpperCase();
    const check = OPTIONS[name];
    const complaint = check ? check(run, value, seen.has(name)) : UNSUPPORTED;
    if (complaint !== undefined) return complaint.endsWith(":") ? `${complaint} ${option}` : complaint;
    seen.add(name);
  }
  return tooBig(run, options, sender) ?? (seen.has("XVERP") && sender === "" ? NULL_SENDER : undefined);
}

const UNSUPPORTED = "555 5.5.4 Unsupported option:";
const NO_DSN = "501 5.7.1 DSN support is disabled";
const NULL_SENDER = "503 5.5.4 Error: XVERP requires non-null sender";

/** What is wrong with an option; `again`: it was there before. */
type OptionCheck = (run: Run, value: string | undefined, again: boolean) => string | undefined;

const OPTIONS: Readonly<Partial<Record<string, OptionCheck>>> = {
  AUTH: (run, value, again) => {
    if (value === undefined) return UNSUPPORTED;
    if (again && run.saslSender !== undefined) return "503 5.5.4 Error: multiple AUTH= options";
    // See smtpd_sasl_proto.c, smtpd_sasl_mail_opt().
    if (value !== "<>") run.saslSender = value;
    return undefined;
  },
  BODY: (_run, value = "") => (/^(?:8BITMIME|7BIT)$/i.test(value) ? undefined : UNSUPPORTED),
  SIZE: (_run, value) => {
    if (value === undefined) return UNSUPPORTED;
    if (!/^\d+$/.test(value)) return "501 5.5.4 Bad message size syntax";
    return BigInt(value) > LARGEST_OFFSET ? "552 5.3.4 Message size exceeds file system imposed limit" : undefined;
  },
  SMTPUTF8: (run, value) => (extensionsFor(run).smtputf8 && value === undefined ? undefined : UNSUPPORTED),
  REQUIRETLS: (run, value) =>
    run.encrypted && extensionsFor(run).requireTls && value === undefined ? undefined : UNSUPPORTED,
  XVERP: ({ settings, client, ask }, value) => {
    if (!settings.matchClients("smtpd_authorized_verp_clients", client, ask.domain).match) return UNSUPPORTED;
    const isValid =
      value === undefined ||
      (value.length === 2 && value.split("").every((char) => settings.verpFilter.includes(char)));
    return isValid ? undefined : `501 5.5.4 Error: XVERP needs two characters from ${settings.verpFilter}`;
  },
  RET: (run, value, again) => {
    if (value === undefined) return UNSUPPORTED;
    if (!extensionsFor(run).dsn) return NO_DSN;
    return !again && /^(?:FULL|HDRS)$/i.test(value) ? undefined : "501 5.5.4 Bad RET parameter syntax";
  },
  ENVID: (run, value, again) => {
    if (value === undefined) return UNSUPPORTED;
    if (!extensionsFor(run).dsn) return NO_DSN;
    return !again && isEncodedText(value) ? undefined : "501 5.5.4 Bad ENVID parameter syntax";
  },
};

const LARGEST_OFFSET = 2n ** 63n - 1n;

/** Printable text in which `+41` stands for `A`. See xtext.c, xtext_unquote(). */
function isEncodedText(value: string): boolean {
  if (/\+(?![\da-f]{2})/i.test(value)) return false;
  const plain = value.replace(/\+([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  return /^[ -~]+$/.test(plain);
}

/** The size that a client announces. See smtpd_check.c, smtpd_check_size(). */
function tooBig(run: Run, options: readonly string[], sender: string): string | undefined {
  const announced = options.findLast((option) => /^SIZE=/i.test(option));
  const limit = run.settings.messageSizeLimit;
  if (announced === undefined || limit <= 0 || Number(announced.slice("SIZE=".length)) <= limit) return undefined;
  run.sender = sender;
  refuse(run, { errorClass: "policy", code: 552, dsn: "5.3.4", text: "Message size exceeds fixed limit" });
  run.sender = undefined;
  return run.refusal;
}
