/** Only what the runner needs of master.cf: one service's options, and a file of its own. Our reader of master.cf is under test. */

const PORTS: Readonly<Record<string, string>> = {
  "25": "smtp",
  "587": "submission",
  "465": "submissions",
  smtps: "submissions",
};
const FIELDS_BEFORE_COMMAND = 7;

/**
 * The arguments of an smtpd service, as they stand there; undefined when there is no such service. Without a master.cf there is
 * only plain main.cf, and without a name the service on port 25 is meant.
 */
export function serviceOptions(masterCf: string | undefined, service = "smtp"): string | undefined {
  if (masterCf === undefined) return "";
  for (const line of logicalLines(masterCf)) {
    const fields = line.split(/\s+/);
    const [name = "", type] = fields;
    const isSmtpd = type === "inet" && fields[FIELDS_BEFORE_COMMAND] === "smtpd";
    if (isSmtpd && canonical(name) === canonical(service)) return fields.slice(FIELDS_BEFORE_COMMAND + 1).join(" ");
  }
  return undefined;
}

/** The master.cf that is run: smtpd and the daemons it talks to. Nothing that could deliver. */
export function masterCfFor(smtpd: { readonly options: string; readonly listen: readonly string[] }): string {
  const front = smtpd.listen.map((address) => `${address} inet n - n - - smtpd ${smtpd.options}`);
  return `${[...front, ...SUPPORT].join("\n")}\n`;
}

const SUPPORT = [
  "rewrite unix - - n - - trivial-rewrite",
  "proxymap unix - - n - - proxymap",
  "proxywrite unix - - n - 1 proxymap",
  "cleanup unix n - n - 0 cleanup -o in_flow_delay=0",
  "anvil unix - - n - 1 anvil",
  "flush unix n - n 1000? 0 flush",
  "verify unix - - n - 1 verify",
  "tlsmgr unix - - n 1000? 1 tlsmgr",
  "bounce unix - - n - 0 bounce",
  "defer unix - - n - 0 bounce",
  "trace unix - - n - 0 bounce",
];

function canonical(name: string): string {
  return PORTS[name] ?? name;
}

function logicalLines(text: string): string[] {
  const lines = text.split("\n").filter((line) => !/^\s*(#|$)/.test(line));
  return lines.join("\n").replace(/\n\s+/g, " ").split("\n");
}
