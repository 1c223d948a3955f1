import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseMasterCf } from "../../server/src/syntax/masterCf.ts";
import { chosen, doesNotOffer, labels, offers } from "../support/completions.ts";
import { checkHover, hoveredText } from "../support/hovers.ts";

suite("Completion of the arguments of pipe and spawn", () => {
  const PIPE = "#- master.cf\ndovecot unix - n n - - pipe\n  ";

  test("offers attributes that do not stand there yet, then no options any more", () => {
    offers(`${PIPE}<|>`, ["flags=", "user=", "argv=", "-o "]);
    offers(`${PIPE}flags=R <|>`, ["user=", "argv="]);
    doesNotOffer(`${PIPE}flags=R <|>`, ["flags=", "-o "]);
    offers("#- master.cf\npolicy unix - n n - 0 spawn <|>", ["user=", "argv="]);
    doesNotOffer("#- master.cf\npolicy unix - n n - 0 spawn <|>", ["flags="]);
    offers(`${PIPE}flags=R<|>`, ["D", "h"]);
    doesNotOffer(`${PIPE}flags=R<|>`, ["R", "-o "]);
  });

  test("offers what pipe puts into the command", () => {
    offers(`${PIPE}user=x argv=/bin/x -f $<|>`, ["${sender}", "${nexthop}"]);
    assert.equal(
      chosen(`${PIPE}user=x argv=/bin/x -f \${sen<|>} -d`, "${sender}"),
      `${PIPE}user=x argv=/bin/x -f \${sender} -d`.replace("#- master.cf\n", ""),
    );
    assert.deepEqual(labels(`${PIPE}user=x argv=/bin/x -o <|>`), []);
  });
});

test("the arguments of pipe say what they do", () => {
  const line = (text: string): string =>
    `#- master.cf\ndovecot unix - n n - - pipe\n  flags=DRhu user=vmail argv=/bin/x -f \${sender} $nexthop\n`.replace(
      ...spot(text),
    );
  checkHover(line("us<|>er="), "**`user=`** — argument of pipe", "pipe.8.html");
  assert.equal(hoveredText(line("user=vm<|>ail")), "user=vmail");
  checkHover(line("flags=DR<|>hu"), "**`h`** — flag of pipe");
  checkHover(line("sen<|>der}"), "**`${sender}`** — what pipe puts into the command");
  checkHover(line("$next<|>hop"), "**`${nexthop}`**");
});

/** The text without the cursor, and with it. */
function spot(marked: string): [string, () => string] {
  return [marked.replace("<|>", ""), () => marked];
}

test("the -o of a command is no option of pipe", () => {
  const [node] = parseMasterCf("x unix - n n - - pipe -v -o a=b user=x argv=/bin/x -o mail_location=y\n").nodes;
  assert.ok(node?.kind === "service");
  assert.deepEqual(
    node.options.map(({ name }) => name),
    ["a"],
  );
});

test("names that a program puts in when it uses a parameter stand for something", () => {
  checkHover(
    "default_rbl_reply = $rbl_code by $rbl_do<|>main\n",
    "what smtpd puts into `default_rbl_reply`",
    "DNS list",
  );
  checkHover("default_rbl_reply = x${rbl_rea<|>son?; $rbl_reason}\n", "The text that the DNS list gives");
  checkHover("luser_relay = $us<|>er@example.com\n", "what local puts into `luser_relay`");
  checkHover("smtpd_banner = $rbl_do<|>main\n", "not set, and no parameter of Postfix");
});
