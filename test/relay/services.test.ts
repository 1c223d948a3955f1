import assert from "node:assert/strict";
import { test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { makeProject } from "../../server/src/config/project.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { relayVerdicts } from "../../server/src/features/relayVerdicts.ts";
import type { Release } from "../../server/src/postfix/release.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { projectOf } from "../support/fixture.ts";
import { BASE, before } from "./ways.ts";

const ANY = "smtpd_relay_restrictions=\n  -o smtpd_recipient_restrictions=permit_mx_backup,reject";
const SMTP = "smtp inet n - n - - smtpd\n";

const SERVICES: readonly (readonly [main: string, master: string, verdicts: readonly string[]])[] = [
  ["", `${SMTP}26 inet n - n - - smtpd -o relay_domains=static:all\n`, ["smtp: closed", "26: closed"]],
  ["", `${SMTP}26 inet n - n - - smtpd -o mynetworks=0.0.0.0/0\n`, ["smtp: closed", "26: open"]],
  ["", "26 inet n - n - - smtpd -o mynetworks=0.0.0.0/0 -o mynetworks=127.0.0.0/8\n", ["26: closed"]],
  ["", `127.0.0.1:10025 inet n - n - - smtpd -o ${ANY}\n`, ["127.0.0.1:10025: closed"]],
  ["", `[::1]:10025 inet n - n - - smtpd -o ${ANY}\n`, ["[::1]:10025: closed"]],
  ["", `10025 inet n - n - - smtpd -o ${ANY}\n`, ["10025: open"]],
  [
    "mua = permit_sasl_authenticated, reject\n",
    `587 inet n - n - - smtpd -o smtpd_client_restrictions=$mua -o ${ANY}\n`,
    ["587: closed"],
  ],
  ["", `587 inet n - n - - smtpd -o smtpd_client_restrictions=$mua -o ${ANY}\n`, ["587: open"]],
  ["", "587 inet n - n - - smtpd -o smtpd_relay_restrictions=$mua\n", ["587: closed"]],
  [
    "relay_domains = com\n",
    "smtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd\nsmtp unix - - n - - smtp\n",
    ["smtpd: open"],
  ],
  [
    "smtpd_client_restrictions = reject_unauth_destination\n",
    `${SMTP}26 inet n - n - - smtpd -o smtpd_delay_reject=no -o ${ANY}\n`,
    ["smtp: closed", "26: open"],
  ],
  [
    "",
    "26 inet n - n - - smtpd -o smtpd_restriction_classes=c -o c=permit_mx_backup -o smtpd_relay_restrictions=c,reject\n",
    ["26: open"],
  ],
  ["", `465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o ${ANY}\n`, ["465: open"]],
  [
    "smtpd_client_restrictions = reject_plaintext_session\nsmtpd_delay_reject = no\n",
    `465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o ${ANY}\n`,
    ["465: open"],
  ],
  [
    "smtpd_client_restrictions = reject_plaintext_session\nsmtpd_delay_reject = no\n",
    `26 inet n - n - - smtpd -o smtpd_tls_security_level=may -o ${ANY}\n`,
    ["26: closed"],
  ],
  [
    "smtpd_tls_req_ccert = yes\n",
    `${SMTP}465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o ${ANY}\n`,
    ["smtp: closed", "465: closed"],
  ],
];

test("each service has its own verdict", () => {
  for (const [main, master, verdicts] of SERVICES) {
    const project = projectOf([
      ["main.cf", BASE + main],
      ["master.cf", master],
    ]);
    const found = relayVerdicts(project).map(({ service, verdict }) => `${service}: ${verdict}`);
    assert.deepEqual(found, verdicts, main + master);
  }
});

const HOLE = "smtpd_recipient_restrictions = check_sender_access inline:{partner.net=OK}, reject_unauth_destination\n";
const FIRST = "mydestination = example.com\n";

const RELEASES: readonly (readonly [main: string, release: Release, verdict: string])[] = [
  [FIRST + HOLE, "3.5", "open"],
  [FIRST + HOLE, "3.12", "open"],
  [`compatibility_level = 1\n${FIRST}${HOLE}`, "3.5", "closed"],
  [`compatibility_level = 1\n${FIRST}${HOLE}`, "3.12", "closed"],
  // A level with a point keeps older releases from starting.
  [`${BASE}${HOLE}smtpd_relay_restrictions =\n`, "3.5", "closed"],
  [`${BASE}${HOLE}smtpd_relay_restrictions =\n`, "3.6", "open"],
  [before("permit_naked_ip_address")["main.cf"] ?? "", "3.8", "open"],
  [before("permit_naked_ip_address")["main.cf"] ?? "", "3.9", "closed"],
];

test("each release has its own verdict", () => {
  for (const [main, release, expected] of RELEASES) {
    const project = projectOfCase({ files: { "main.cf": main }, message: { client_address: "" } }, release);
    const { verdict, because } = relayAnalysis(plainConfiguration(project));
    assert.equal(verdict, expected, `${release}: ${main}${because}`);
  }
});

test("the networks around the addresses that a configuration names", () => {
  const verdict = (style: string): string => {
    const own = `mynetworks_style = ${style}\ninet_interfaces = localhost, 11.22.33.44\n`;
    const text = `compatibility_level = 3.6\n${FIRST}${own}`;
    const project = makeProject({ files: new Map([["main.cf", { kind: "text", text }]]) });
    return relayAnalysis(plainConfiguration(project)).verdict;
  };
  assert.deepEqual(["class", "subnet", "host"].map(verdict), ["open", "closed", "closed"]);
});
