import { caseFrom, type Case } from "../evaluate/case.ts";
import { MESSAGE_ATTRIBUTES } from "../evaluate/caseShape.ts";
import type { Pin } from "../evaluate/inputs/pins.ts";
import { readExpectation } from "./expectation.ts";
import { checkFields, collectProblems, textOf, textsOf, type Report } from "./problems.ts";
import { releaseOf, RELEASES, type Release } from "../postfix/release.ts";
import type { Span } from "../text/span.ts";
import type { MailTest, TestFile } from "./testFile.ts";
import { field, parseYaml, type YamlValue } from "./yamlValue.ts";

/** Reads a mail-flow test file. Never throws: mistakes are problems of the file, and the tests without any can be run. */
export function readTestFile(text: string): TestFile {
  const { value, problems: mistakes } = parseYaml(text);
  const { report, problems } = collectProblems();
  if (!value.fields && mistakes.length === 0) report(value.span, "a mail-flow test file is a mapping with `tests`");
  checkFields(value, FILE_FIELDS, report);
  const defaults = field(value, "defaults");
  if (defaults) checkFields(defaults, DEFAULT_FIELDS, report);
  const given = inherit(inherit(NOTHING_GIVEN, value, report), defaults, report);
  return {
    config: textOf(field(value, "config"), report) ?? ".",
    postfixVersion: releaseIn(field(value, "postfixVersion"), report),
    machine: machineFrom(value, report),
    tests: readTests(value, { given, report }),
    problems: [...mistakes, ...problems],
  };
}

function releaseIn(value: YamlValue | undefined, report: Report): Release | undefined {
  const text = textOf(value, report);
  const release = text === undefined ? undefined : releaseOf(text);
  if (value && text !== undefined && !release) {
    report(value.span, `unknown Postfix release \`${text}\`; known are ${RELEASES.join(", ")}`);
  }
  return release;
}

function machineFrom(value: YamlValue, report: Report): TestFile["machine"] {
  const hostname = textOf(field(value, "hostname"), report);
  const interfaces = textsOf(field(value, "interfaces"), report);
  return hostname !== undefined || interfaces ? { hostname, interfaces } : undefined;
}

function readTests(value: YamlValue, around: Around): readonly MailTest[] {
  const tests = field(value, "tests");
  if (value.fields && !tests?.items) around.report(tests?.span ?? NOWHERE, "`tests` has to be a list of tests");
  return (tests?.items ?? []).flatMap((item, at) => readTest(item, `test ${at + 1}`, around));
}

const NOWHERE: Span = { start: 0, end: 0 };

type Data = Readonly<Record<string, unknown>>;

/** What a test is told by what surrounds it. */
interface Given {
  readonly service: string | undefined;
  readonly message: Data;
  readonly hosts: Data | undefined;
  readonly tables: Data | undefined;
  readonly policy: unknown;
  readonly answers: readonly Pin[];
}

const NOTHING_GIVEN: Given = {
  service: undefined,
  message: {},
  hosts: undefined,
  tables: undefined,
  policy: undefined,
  answers: [],
};

const FACTS = ["hosts", "policy", "tables", "answers"] as const;
const MACHINE = ["postfixVersion", "hostname", "interfaces"] as const;
const FILE_FIELDS: ReadonlySet<string> = new Set(["config", ...MACHINE, ...FACTS, "defaults", "tests"]);
const DEFAULT_FIELDS: ReadonlySet<string> = new Set(["service", "message"]);
const TEST_FIELDS: ReadonlySet<string> = new Set(["name", "service", "message", ...FACTS, "expect", "cases"]);
/** The attributes of a message, as a test may give them. */
const MESSAGE_FIELDS: ReadonlySet<string> = new Set([...MESSAGE_ATTRIBUTES, "recipient"]);
/** In a row of `cases` the attributes of the message stand beside what is expected. */
const ROW_FIELDS: ReadonlySet<string> = new Set(["name", "service", ...FACTS, "expect", ...MESSAGE_FIELDS]);

/** Adds what a mapping says to what is given. Hosts, tables and attributes are added one by one. */
function inherit(given: Given, value: YamlValue | undefined, report: Report): Given {
  const merged = (known: Data | undefined, name: string): Data | undefined => {
    const more = field(value, name);
    return more ? { ...known, ...mapping(more, report) } : known;
  };
  const message = field(value, "message");
  if (message) checkFields(message, MESSAGE_FIELDS, report);
  return {
    service: textOf(field(value, "service"), report) ?? given.service,
    message: merged(given.message, "message") ?? {},
    hosts: merged(given.hosts, "hosts"),
    tables: merged(given.tables, "tables"),
    policy: field(value, "policy")?.data ?? given.policy,
    answers: [...pinsFrom(field(value, "answers"), report), ...given.answers],
  };
}

function mapping(value: YamlValue, report: Report): Data {
  if (value.fields) return value.data as Data;
  report(value.span, "a mapping is expected here");
  return {};
}

function pinsFrom(value: YamlValue | undefined, report: Report): readonly Pin[] {
  if (!value) return [];
  if (!value.fields) report(value.span, "`answers` is a mapping of questions to answers");
  return [...(value.fields ?? [])].flatMap(([name, { value: answer }]) => {
    const text = textOf(answer, report);
    return text === undefined ? [] : [{ name, answer: text }];
  });
}

/** What surrounds a test. */
interface Around {
  readonly given: Given;
  readonly report: Report;
}

function readTest(value: YamlValue, fallback: string, { given, report }: Around): readonly MailTest[] {
  if (!value.fields) {
    report(value.span, "a test is a mapping with `message` and `expect`");
    return [];
  }
  checkFields(value, TEST_FIELDS, report);
  const name = textOf(field(value, "name"), report) ?? fallback;
  const own = inherit(given, value, report);
  const rows = field(value, "cases");
  if (!rows) return makeTest(value, { name, parents: [], given: own, expect: field(value, "expect") }, report);
  if (!rows.items) report(rows.span, "`cases` is a list of mappings");
  return (rows.items ?? []).flatMap((row, at) => {
    checkFields(row, ROW_FIELDS, report);
    const attributes = Object.entries((row.fields && (row.data as Data)) ?? {}).filter(([key]) =>
      MESSAGE_FIELDS.has(key),
    );
    const inner = inherit(own, row, report);
    return makeTest(
      row,
      {
        name: textOf(field(row, "name"), report) ?? nameOf(attributes, at),
        parents: [name],
        given: { ...inner, message: { ...inner.message, ...Object.fromEntries(attributes) } },
        expect: field(row, "expect") ?? field(value, "expect"),
      },
      report,
    );
  });
}

/** A row without a name is called by what it changes. */
function nameOf(attributes: readonly (readonly [string, unknown])[], at: number): string {
  const parts = attributes.map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return parts.length > 0 ? parts.join(", ") : `case ${at + 1}`;
}

interface Draft {
  readonly name: string;
  readonly parents: readonly string[];
  readonly given: Given;
  readonly expect: YamlValue | undefined;
}

/** A test with mistakes in it is not run: its problems are told instead. */
function makeTest(value: YamlValue, { name, parents, given, expect }: Draft, report: Report): readonly MailTest[] {
  const { service, hosts, tables, policy, answers } = given;
  const found = caseFrom({ message: messageFrom(given.message), hosts, tables, policy });
  if (!expect) report(value.span, `\`${name}\` expects nothing: \`expect\` is missing`);
  if (typeof found === "string") {
    report(value.span, `\`${name}\`: ${found}`);
    return [];
  }
  if (!expect) return [];
  return [
    {
      name,
      parents,
      span: value.span,
      service,
      message: found.message,
      world: worldOf(found),
      answers,
      expect: readExpectation(expect, report),
    },
  ];
}

/** `recipient` is a short form for a single one. */
function messageFrom({ recipient, ...message }: Data): Data {
  return recipient === undefined
    ? message
    : { ...message, recipients: Array.isArray(recipient) ? recipient : [recipient] };
}

function worldOf({ hosts, tables, policy }: Case): MailTest["world"] {
  return { ...(hosts && { hosts }), ...(tables && { tables }), ...(policy && { policy }) };
}
