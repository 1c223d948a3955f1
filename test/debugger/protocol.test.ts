import assert from "node:assert/strict";
import { test } from "node:test";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterEdit, type TextEdit } from "../../client/src/debugger/breakpoints.ts";
import type { LaunchArguments } from "../../client/src/debugger/launchArguments.ts";
import { MailflowSession } from "../../client/src/debugger/session.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { traceDocument } from "../../server/src/features/traceDocument.ts";
import { insidersFiles, TO_INSIDERS } from "../support/insiders.ts";

const FILES = insidersFiles();
const MESSAGE = TO_INSIDERS;

/** A debugger that knows nothing but the protocol. */
class Debugger {
  readonly session: MailflowSession;
  files: Readonly<Record<string, string>> = FILES;
  output = "";
  /** What the server's answers wait for. */
  answered = Promise.resolve();
  #sequence = 0;
  readonly #responses = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #events: DebugProtocol.Event[] = [];

  constructor() {
    this.session = new MailflowSession({
      trace: async ({ message = MESSAGE, service, answers }) => {
        const project = projectOfCase({ files: this.files, message });
        const { text, json = null } = traceDocument(project, { message, service, answers });
        const files = Object.fromEntries(Object.keys(this.files).map((name) => [name, `file:///etc/postfix/${name}`]));
        await this.answered;
        return { text, json, files, message };
      },
      pathOf: (uri) => uri.replace("file://", ""),
    });
    this.session.onDidSendMessage((sent) => {
      const message = sent as DebugProtocol.ProtocolMessage;
      if (message.type === "response") {
        const response = message as DebugProtocol.Response;
        this.#responses.get(response.request_seq)?.(response);
        return;
      }
      const event = message as DebugProtocol.Event;
      if (event.event === "output") this.output += (event as DebugProtocol.OutputEvent).body.output;
      else this.#events.push(event);
    });
  }

  /** Sends a request; a failure is thrown. */
  async ask<Body>(command: string, args: object = {}): Promise<Body> {
    const seq = ++this.#sequence;
    const response = await new Promise<DebugProtocol.Response>((resolve) => {
      this.#responses.set(seq, resolve);
      this.session.handleMessage({ seq, type: "request", command, arguments: args } as never);
    });
    if (!response.success) throw new Error((response as DebugProtocol.ErrorResponse).body.error?.format ?? "failed");
    return response.body as Body;
  }

  async launch(
    args: Partial<LaunchArguments> = {},
    lines: Readonly<Record<string, readonly object[]>> = {},
  ): Promise<this> {
    await this.ask("initialize", {
      adapterID: "postfix-mailflow",
      pathFormat: "path",
      linesStartAt1: true,
      columnsStartAt1: true,
    });
    await this.ask("launch", { config: "/etc/postfix/main.cf", ...args });
    for (const [name, breakpoints] of Object.entries(lines)) {
      await this.ask("setBreakpoints", { source: { path: `/etc/postfix/${name}` }, breakpoints });
    }
    await this.ask("configurationDone");
    return this;
  }

  /** The frames from the outside in, as `asked — outcome @file:line`. */
  async stack(): Promise<readonly string[]> {
    const { stackFrames } = await this.ask<DebugProtocol.StackTraceResponse["body"]>("stackTrace", { threadId: 1 });
    return stackFrames
      .map(({ name, source, line }) => (source ? `${name} @${source.name ?? ""}:${line}` : name))
      .reverse();
  }

  async top(): Promise<string> {
    return (await this.stack()).at(-1) ?? "";
  }

  async variables(scope: string): Promise<Readonly<Record<string, string>>> {
    const { stackFrames } = await this.ask<DebugProtocol.StackTraceResponse["body"]>("stackTrace", { threadId: 1 });
    const { scopes } = await this.ask<DebugProtocol.ScopesResponse["body"]>("scopes", { frameId: stackFrames[0]?.id });
    const { variablesReference } = scopes.find(({ name }) => name === scope) ?? {};
    const { variables } = await this.ask<DebugProtocol.VariablesResponse["body"]>("variables", { variablesReference });
    return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  }

  /** Whether the last stop left the focus where it was. */
  keptFocus(): boolean {
    const stopped = this.#events.findLast(({ event }) => event === "stopped") as DebugProtocol.StoppedEvent | undefined;
    return stopped?.body.preserveFocusHint === true;
  }

  lastEvent(): string {
    return this.#events.at(-1)?.event ?? "";
  }
}

test("stepping in goes down through lists, classes and tables; the stack says where", async () => {
  const client = await new Debugger().launch();
  assert.equal(await client.top(), "RCPT TO:<all@example.com> — REJECT @main.cf:5");
  await client.ask("stepIn", { threadId: 1 });
  assert.match(await client.top(), /^smtpd_relay_restrictions — DUNNO/);
  await client.ask("stepIn", { threadId: 1 });
  assert.equal(await client.top(), "permit_mynetworks — DUNNO @main.cf:5");
  await client.ask("next", { threadId: 1 });
  assert.equal(await client.top(), "reject_unauth_destination — DUNNO @main.cf:5");
  await client.ask("stepBack", { threadId: 1 });
  assert.equal(await client.top(), "permit_mynetworks — DUNNO @main.cf:5");
  await client.ask("stepOut", { threadId: 1 });
  assert.match(await client.top(), /^smtpd_recipient_restrictions — REJECT/);
  for (let step = 0; step < 4; step++) await client.ask("stepIn", { threadId: 1 });
  assert.deepEqual((await client.stack()).slice(2), [
    "check_recipient_access hash:/etc/postfix/recipients — REJECT @main.cf:7",
    "all@example.com — REJECT @recipients:1",
    "insiders — REJECT @recipients:1",
    "check_sender_access hash:/etc/postfix/senders — DUNNO @main.cf:11",
  ]);
});

test("breakpoints stop at restrictions and table lines, forward and backward, under conditions", async () => {
  const client = await new Debugger().launch(
    { stopOnEntry: false },
    { "main.cf": [{ line: 12 }], recipients: [{ line: 1 }] },
  );
  assert.equal(await client.top(), "all@example.com — REJECT @recipients:1");
  await client.ask("continue", { threadId: 1 });
  assert.equal(await client.top(), "reject — REJECT @main.cf:12");
  await client.ask("reverseContinue", { threadId: 1 });
  assert.match(await client.top(), /^all@example.com/);
  await client.ask("continue", { threadId: 1 });
  await client.ask("continue", { threadId: 1 });
  assert.equal(client.lastEvent(), "terminated");
  assert.match(client.output, /^C: RCPT TO:<all@example.com>\nS: 554 5.7.1 /);

  const conditions = [
    { line: 7, condition: "sender = boss@example.com" },
    { line: 11, condition: "sender ~ example.net" },
  ];
  const other = await new Debugger().launch({ stopOnEntry: false }, { "main.cf": conditions });
  assert.match(await other.top(), /^check_sender_access .*:11$/);
});

test("breakpoints that cannot be are refused with a reason", async () => {
  const client = await new Debugger().launch();
  const set = async (path: string, breakpoint: object): Promise<string | undefined> => {
    const args = { source: { path }, breakpoints: [breakpoint] };
    const { breakpoints } = await client.ask<DebugProtocol.SetBreakpointsResponse["body"]>("setBreakpoints", args);
    return breakpoints[0]?.message;
  };
  assert.equal(await set("/etc/postfix/main.cf", { line: 7 }), undefined);
  assert.match((await set("/etc/hosts", { line: 1 })) ?? "", /no part of the configuration/);
  assert.match((await set("/etc/postfix/main.cf", { line: 7, condition: "moon = full" })) ?? "", /Conditions are/);
});

test("variables show the step, the message and the session", async () => {
  const client = await new Debugger().launch({ stopOnEntry: false }, { "main.cf": [{ line: 7 }] });
  const step = await client.variables("Step");
  assert.equal(step["outcome"], "REJECT");
  assert.equal(step["key 1"], "all@example.com: found");
  const message = await client.variables("Message");
  assert.deepEqual(
    [message["sender"], message["client_name"], message["recipients"]],
    ["x@example.net", "none", "all@example.com"],
  );
  assert.equal((await client.variables("Session"))["defer_if_permit"], "no");
});

test("what waits for a permit is seen in the session", async () => {
  const client = new Debugger();
  client.files = {
    ...FILES,
    "main.cf": FILES["main.cf"].replace("    permit\n", "    defer_if_permit\n    permit\n"),
    recipients: "",
  };
  await client.launch({ stopOnEntry: false }, { "main.cf": [{ line: 9 }] });
  assert.match(await client.top(), /^permit — PERMIT @main.cf:9/);
  assert.notEqual((await client.variables("Session"))["defer_if_permit"], "no");
});

test("what if: the message goes on where its way parts from the old one", async () => {
  const client = await new Debugger().launch({ stopOnEntry: false }, { "main.cf": [{ line: 12 }] });
  const value = (expression: string, context: string): Promise<{ readonly result: string }> =>
    client.ask("evaluate", { expression, context });
  assert.equal((await value("sender", "hover")).result, "x@example.net");
  assert.equal(client.keptFocus(), false);
  const { result } = await value("sender = boss@example.com", "repl");
  assert.match(result, /250 2.1.5 Ok/);
  assert.equal(client.keptFocus(), true);
  assert.equal(await client.top(), "RCPT TO:<all@example.com> — PERMIT @main.cf:5");
  await assert.rejects(value("moon", "watch"), /There are: asked, .*client_address/);
  assert.equal((await value("outcome", "watch")).result, "PERMIT");
  assert.equal((await value("defer_if_permit", "watch")).result, "no");
  assert.equal((await value("sender = boss@example.com", "watch")).result, "yes");
  assert.equal((await value("sender ~ example.net", "repl")).result, "no");
  await client.ask("setVariable", { variablesReference: 2, name: "recipients", value: "u@example.com, v@example.org" });
  assert.equal((await value("recipients", "watch")).result, "u@example.com, v@example.org");
});

test("a changed configuration is walked through anew", async () => {
  const client = await new Debugger().launch();
  client.files = { ...FILES, recipients: "" };
  await client.session.reload();
  assert.match(client.output, /The configuration has changed.\nRCPT TO:<all@example.com> → 250 2.1.5 Ok/);
  client.files = { ...FILES, "main.cf": "smtpd_delay_reject = perhaps\n" };
  await client.session.reload();
  assert.match(client.output, /would not start/);
  assert.equal(await client.top(), "RCPT TO:<all@example.com> — PERMIT @main.cf:5");
});

test("an edit above leaves the walk where it is: its lines and breakpoints move along, and nobody is told", async () => {
  const client = await new Debugger().launch({}, { "main.cf": [{ line: 7 }, { line: 12 }] });
  await client.ask("continue", { threadId: 1 });
  assert.match(await client.top(), /^check_recipient_access .*@main.cf:7$/);
  const above = { start: { line: 0, character: 25 }, end: { line: 0, character: 25 } };
  client.files = { ...FILES, "main.cf": FILES["main.cf"].replace("\n", "\n# one\n# two\n") };
  client.session.edited("/etc/postfix/main.cf", [{ range: above, text: "\n# one\n# two" }]);
  const told = client.output;
  await client.session.reload();
  assert.match(await client.top(), /^check_recipient_access .*@main.cf:9$/);
  assert.equal(client.lastEvent(), "stopped", "at the breakpoint: nothing since");
  assert.equal(client.output, told);
  await client.ask("continue", { threadId: 1 });
  assert.equal(await client.top(), "reject — REJECT @main.cf:14");
});

test("whoever goes on right behind an edit goes through the edited text", async () => {
  const client = await new Debugger().launch({}, { "main.cf": [{ line: 7 }, { line: 12 }] });
  const above = { start: { line: 0, character: 25 }, end: { line: 0, character: 25 } };
  client.files = { ...FILES, "main.cf": FILES["main.cf"].replace("\n", "\n# one\n# two\n") };
  client.session.edited("/etc/postfix/main.cf", [{ range: above, text: "\n# one\n# two" }]);
  await client.ask("continue", { threadId: 1 });
  assert.match(await client.top(), /^check_recipient_access .*@main.cf:9$/);
});

test("whoever goes on while the server works on an edit goes through the edited text", async () => {
  const client = await new Debugger().launch({}, { "main.cf": [{ line: 7 }, { line: 12 }] });
  const above = { start: { line: 0, character: 25 }, end: { line: 0, character: 25 } };
  client.files = { ...FILES, "main.cf": FILES["main.cf"].replace("\n", "\n# one\n# two\n") };
  client.session.edited("/etc/postfix/main.cf", [{ range: above, text: "\n# one\n# two" }]);
  let answer = (): void => undefined;
  client.answered = new Promise((resolve) => (answer = resolve));
  const reloaded = client.session.reload();
  const gone = client.ask("continue", { threadId: 1 });
  answer();
  await Promise.all([reloaded, gone]);
  assert.match(await client.top(), /^check_recipient_access .*@main.cf:9$/);
});

test("breakpoints go where their lines go", () => {
  const lines = [1, 4, 5, 6, 9].map((line) => ({ line }));
  const at = (line: number, character: number) => ({ line, character });
  const after = (start: object, end: object, text: string): readonly number[] =>
    afterEdit(lines, { range: { start, end }, text } as TextEdit).map(({ line }) => line);
  assert.deepEqual(after(at(5, 3), at(5, 3), "x"), [1, 4, 5, 6, 9], "within a line");
  assert.deepEqual(after(at(5, 3), at(5, 3), "\n"), [1, 4, 5, 7, 10], "a line is broken");
  assert.deepEqual(after(at(5, 0), at(5, 0), "a\nb\n"), [1, 4, 7, 8, 11], "lines are put before it");
  assert.deepEqual(after(at(4, 0), at(6, 0), ""), [1, 4, 4, 4, 7], "lines are cut out");
  assert.deepEqual(after(at(4, 2), at(6, 2), "x"), [1, 4, 4, 4, 7], "lines become one");
});

test("a step can be pointed at, and named in a watch", async () => {
  const client = await new Debugger().launch({ stopOnEntry: false }, { "main.cf": [{ line: 12 }] });
  const pointed = (name: string, line: number, character: number): string | undefined =>
    client.session.stepAt(`/etc/postfix/${name}`, { line, character })?.asked;
  assert.equal(pointed("main.cf", 6, 8), "check_recipient_access hash:/etc/postfix/recipients");
  assert.equal(pointed("main.cf", 5, 3), "smtpd_recipient_restrictions");
  assert.equal(pointed("recipients", 0, 2), "all@example.com");
  assert.equal(pointed("main.cf", 7, 6), undefined, "nobody came by");
  assert.equal(pointed("main.cf", 2, 3), undefined);
  assert.equal(pointed("elsewhere", 0, 0), undefined);

  const named = async (expression: string): Promise<Readonly<Record<string, string>>> => {
    const body = await client.ask<DebugProtocol.EvaluateResponse["body"]>("evaluate", { expression, context: "hover" });
    const { variablesReference } = body;
    const { variables } = await client.ask<DebugProtocol.VariablesResponse["body"]>("variables", {
      variablesReference,
    });
    return { result: body.result, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) };
  };
  assert.equal((await named("insiders"))["result"], "REJECT: `reject` decided");
  const check = await named("check_sender_access");
  assert.equal(check["sender"], "x@example.net");
  assert.equal(check["key 1"], "x@example.net: not found");
  assert.equal(check["helo"], undefined);
});

test("half an edit is told once, and so is its end", async () => {
  const client = await new Debugger().launch();
  client.files = { ...FILES, "main.cf": "smtpd_delay_reject = perhaps\n" };
  await client.session.reload();
  await client.session.reload();
  client.files = FILES;
  await client.session.reload();
  await client.session.reload();
  const told = client.output.split("\n").slice(1);
  assert.match(told[0] ?? "", /would not start/);
  assert.deepEqual(told.slice(1, 3), [
    "The steps are those from before this edit.",
    "The configuration has changed; the replies are the same.",
  ]);
  assert.equal(told.length, 4, "and a line end");
});

test("a configuration that changes before the walk begins says nothing", async () => {
  const client = new Debugger();
  await client.session.reload();
  assert.equal(client.output, "");
});

test("a message that cannot be traced is an error that says why", async () => {
  const client = new Debugger();
  await client.ask("initialize", { adapterID: "postfix-mailflow", pathFormat: "path" });
  await assert.rejects(client.ask("launch", { config: "x", service: "nowhere" }), /no smtpd service `nowhere`/);
});
