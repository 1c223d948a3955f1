import assert from "node:assert/strict";
import { test } from "node:test";
import { shellWords } from "../../server/src/evaluate/inputs/shellWords.ts";
import { inputFromSwaks } from "../../server/src/evaluate/inputs/swaks.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { complains, gives, type Expected } from "./gives.ts";

test("a command line is split as a shell does", () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    "a  b\tc": ["a", "b", "c"],
    [String.raw`'a b' "c \"d\" \x" e\ f g''h ''`]: ["a b", String.raw`c "d" \x`, "e f", "gh", ""],
    "a \\\n  b": ["a", "b"],
    "a 'b\nc'": ["a", "b\nc"],
    "a#b #c": ["a#b"],
    "a <> b": ["a", "<>", "b"],
    "a 2>&1 | b": ["a"],
    "a; b": ["a"],
    "a\nb": ["a"],
  };
  for (const [text, words] of Object.entries(cases)) {
    const split = shellWords(text);
    assert.deepEqual(typeof split === "string" ? split : split.words, words, text);
  }
  for (const text of ["a 'b", 'a"b']) complains(shellWords(text), /is not closed/);
});

const NO_ADDRESS = /does not tell the client address/;
const ESMTP: Partial<Message> = { protocol: "ESMTP", encrypted: false, sasl_username: null };

const SWAKS: Readonly<Record<string, Expected>> = {
  "swaks --to a@b.example,c@d.example --cc e@f.example -f '<>' --ehlo h.example --server mx.example.com": {
    message: { ...ESMTP, helo: "h.example", sender: "", recipients: ["a@b.example", "c@d.example", "e@f.example"] },
    notes: [NO_ADDRESS],
  },
  swaks: {
    message: ESMTP,
    notes: [NO_ADDRESS, /without --helo/, /without --from/, /without --to/],
  },
  "FOO=1 /usr/bin/swaks -t a@b.example --from=c@d.example -h h -tls -a -au joe -ap 'pass word' -p 587 -li 203.0.113.8:0":
    {
      message: {
        client_address: "203.0.113.8",
        helo: "h",
        sender: "c@d.example",
        recipients: ["a@b.example"],
        protocol: "ESMTP",
        encrypted: true,
        sasl_username: "joe",
      },
      hint: { port: "587" },
      notes: [/--local-interface/, /client name/],
    },
  "swaks -t a@b.example -f c@d.example --helo h --tls-on-connect --no-tls --auth-optional --auth-user joe -q RCPT": {
    message: {
      ...ESMTP,
      helo: "h",
      sender: "c@d.example",
      recipients: ["a@b.example"],
      encrypted: true,
      sasl_username: "joe",
      data: false,
    },
    hint: { port: "465" },
    notes: [NO_ADDRESS, /--auth-optional/],
  },
  "swaks -t a@b.example -f c@d.example --helo h --protocol SMTPS -s [mx.example.com]:2465 --auth": {
    message: { helo: "h", sender: "c@d.example", recipients: ["a@b.example"], protocol: "SMTP", encrypted: true },
    hint: { port: "2465" },
    notes: [NO_ADDRESS, /does not say as whom/],
  },
  "swaks -t a@b.example -f c@d.example --helo h --tlso --xclient-addr IPV6:2001:db8::8 --xclient-name [UNAVAILABLE] --xclient 'LOGIN=joe REVERSE_NAME=r.example'":
    {
      message: {
        client_address: "2001:db8::8",
        client_name: null,
        reverse_client_name: "r.example",
        helo: "h",
        sender: "c@d.example",
        recipients: ["a@b.example"],
        protocol: "ESMTP",
        sasl_username: "joe",
      },
      notes: [/XCLIENT/, /--tls-optional/],
    },
  'swaks --to "$RCPT" --header-Subject "x y" --h-X-Test: 1 --body - --from a@b.example --helo h --quit-after MAIL > log':
    {
      message: { ...ESMTP, helo: "h", sender: "a@b.example", recipients: ["$RCPT"], data: false },
      notes: [/taken as they are/, /ends at `>`/, NO_ADDRESS, /stops after MAIL/],
    },
};

for (const [commandLine, expected] of Object.entries(SWAKS)) {
  test(`swaks: ${commandLine}`, () => {
    gives(inputFromSwaks(commandLine), expected);
  });
}

test("swaks: what is no swaks command line is said", () => {
  complains(inputFromSwaks("swaks --frobnicate"), /no option `--frobnicate`/);
  complains(inputFromSwaks("swaks to a@b"), /`to` is no option/);
  complains(inputFromSwaks("swaks --protocol"), /needs an argument/);
  complains(inputFromSwaks("sendmail a@b"), /`sendmail` is no swaks command line/);
  complains(inputFromSwaks("swaks --to 'a"), /not closed/);
  complains(inputFromSwaks("swaks --protocol LMTP"), /LMTP/);
});
