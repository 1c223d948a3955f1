import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { growth, type Cell, type Table } from "./table.ts";

const HEAD = "compatibility_level = 3.6\nmydestination = example.com\nsmtpd_relay_restrictions =\n";

const LINES = [100, 1_000, 10_000, 100_000];

type Files = Readonly<Record<string, string>>;

/** Configurations that grow, by what grows. */
const GROWING: Readonly<Record<string, { readonly sizes: readonly number[]; readonly make: (size: number) => Files }>> =
  {
    restrictions: { sizes: [10, 100, 1_000], make: withRestrictions },
    "lines about senders": { sizes: LINES, make: senders },
    "lines about recipients": { sizes: LINES, make: recipients },
    "lines about HELO names": { sizes: LINES, make: heloNames },
    "networks of clients": { sizes: LINES, make: networks },
    "networks of mail servers": { sizes: LINES, make: serverNetworks },
    "relay domains": { sizes: LINES, make: relayDomains },
    patterns: { sizes: [10, 100, ...LINES.slice(1)], make: withPatterns },
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

/** A list that asks a table of so many lines, with different actions. */
function withLines(check: string, size: number, key: (at: number) => string): Files {
  const actions = ["REJECT", "DUNNO", "REJECT go away"];
  return {
    "main.cf": `${HEAD}smtpd_recipient_restrictions = ${check}:/etc/postfix/s, reject_unauth_destination\n`,
    s: Array.from({ length: size }, (_, at) => `${key(at)} ${actions[at % 3] ?? ""}\n`).join(""),
  };
}

const address = (at: number): string => `${at % 2 ? `user${at}@` : ""}dom${at}.net`;
const network = (at: number): string => `${60 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.0/24`;

function senders(size: number): Files {
  return withLines("check_sender_access hash", size, address);
}

function recipients(size: number): Files {
  return withLines("check_recipient_access hash", size, address);
}

function heloNames(size: number): Files {
  return withLines("check_helo_access hash", size, (at) => `host${at}.dom${at}.net`);
}

function networks(size: number): Files {
  return withLines("check_client_access cidr", size, network);
}

function serverNetworks(size: number): Files {
  return withLines("check_sender_mx_access cidr", size, network);
}

function relayDomains(size: number): Files {
  return {
    "main.cf": "compatibility_level = 3.6\nmydestination = example.com\nrelay_domains = hash:/etc/postfix/s\n",
    s: Array.from({ length: size }, (_, at) => `dom${at}.net x\n`).join(""),
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

const REAL_WORLD = "../shared/real-world";

function realWorld(): { readonly count: number; readonly milliseconds: number } | undefined {
  if (!existsSync(REAL_WORLD)) return undefined;
  const mains = readdirSync(REAL_WORLD)
    .map((name) => path.join(REAL_WORLD, name, "main.cf"))
    .filter((file) => existsSync(file));
  const milliseconds = mains.reduce((sum, file) => sum + once({ "main.cf": readFileSync(file, "utf8") }), 0);
  return { count: mains.length, milliseconds };
}
