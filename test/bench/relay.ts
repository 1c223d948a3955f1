import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { growth, type Cell, type Table } from "./table.ts";

const HEAD = "compatibility_level = 3.6\nmydestination = example.com\nsmtpd_relay_restrictions =\n";

type Files = Readonly<Record<string, string>>;

/** Configurations that grow, by what grows. */
const GROWING: Readonly<Record<string, { readonly sizes: readonly number[]; readonly make: (size: number) => Files }>> =
  {
    restrictions: { sizes: [10, 100, 1_000], make: withRestrictions },
    "table lines": { sizes: [100, 1_000, 10_000, 100_000], make: withLines },
    patterns: { sizes: [10, 100], make: withPatterns },
    "class depth": { sizes: [1, 10, 100, 200], make: withClasses },
  };

/** Time of a first relay analysis as the configuration grows, in processor time. */
export function relayGrowth(): Table {
  const rows: Cell[][] = [];
  for (const [what, { sizes, make }] of Object.entries(GROWING)) {
    const times = sizes.map((size) => timeOf(make(size)));
    const factors = growth(times);
    sizes.forEach((size, at) => rows.push([what, size, times[at], factors[at]]));
  }
  const real = realWorld();
  if (real) rows.push(["real configurations, all together", real.count, real.milliseconds, ""]);
  return { title: "Relay analysis by what grows", columns: ["growing", "size", "processor ms", "growth"], rows };
}

/** The better of two, each on a project of its own. */
function timeOf(files: Files): number {
  return Math.min(once(files), once(files));
}

function once(files: Files): number {
  const configuration = plainConfiguration(projectOfCase({ files, message: { client_address: "" } }));
  const before = process.cpuUsage();
  relayAnalysis(configuration);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function withRestrictions(size: number): Files {
  const cycle = [
    "check_sender_access hash:/etc/postfix/s",
    "check_helo_access hash:/etc/postfix/h",
    "reject_non_fqdn_sender",
  ];
  const items = Array.from({ length: size }, (_, at) => cycle[at % cycle.length] ?? "");
  return {
    "main.cf": `${HEAD}smtpd_recipient_restrictions = ${items.join(" ")} reject_unauth_destination\n`,
    s: "partner.net DUNNO\nother.net REJECT\n",
    h: "friend DUNNO\n",
  };
}

function withLines(size: number): Files {
  const actions = ["REJECT", "DUNNO", "REJECT go away"];
  const line = (at: number): string => `${at % 2 ? `user${at}@` : ""}dom${at}.net ${actions[at % 3] ?? ""}\n`;
  return {
    "main.cf": `${HEAD}smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/s, reject_unauth_destination\n`,
    s: Array.from({ length: size }, (_, at) => line(at)).join(""),
  };
}

function withPatterns(size: number): Files {
  const line = (at: number): string => `/^user${at}@.*\\.dom${at}\\.net$/ DUNNO\n`;
  return {
    "main.cf": `${HEAD}smtpd_recipient_restrictions = check_sender_access pcre:/etc/postfix/s, reject_unauth_destination\n`,
    s: Array.from({ length: size }, (_, at) => line(at)).join(""),
  };
}

function withClasses(size: number): Files {
  const names = Array.from({ length: size }, (_, at) => `class${at}`);
  const twice = (at: number): string =>
    `class${at} = ${names[at + 1] ? `class${at + 1} class${at + 1}` : "check_sender_access hash:/etc/postfix/s"}\n`;
  return {
    "main.cf": `${HEAD}smtpd_restriction_classes = ${names.join(" ")}\n${names.map((_, at) => twice(at)).join("")}smtpd_recipient_restrictions = class0 reject_unauth_destination\n`,
    s: "partner.net DUNNO\n",
  };
}

export function relayCase(what: string, size: number): number {
  const growing = GROWING[what];
  return growing ? once(growing.make(size)) : 0;
}

const REAL_WORLD = "../shared/real-world";

function realWorld(): { readonly count: number; readonly milliseconds: number } | undefined {
  if (!existsSync(REAL_WORLD)) return undefined;
  const mains = readdirSync(REAL_WORLD)
    .map((name) => path.join(REAL_WORLD, name, "main.cf"))
    .filter((file) => existsSync(file));
  const milliseconds = mains.reduce((sum, file) => sum + once({ "main.cf": readFileSync(file, "utf8") }), 0);
  return { count: mains.length, milliseconds };
}
