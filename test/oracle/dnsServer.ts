import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Failure } from "./case.ts";
import { hexDigits, plain, RECORD_TYPES, type Name, type RecordType, type Zone } from "./dnsZone.ts";

export interface DnsServer {
  /** From now on answers from this zone, and forgets what was asked before. */
  serve(zone: Zone): void;
  /** `A mail.example` and so on, sorted, each once. */
  queries(): readonly string[];
}

const ANY = 255;
const SOA = 6;
const RCODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const AUTHORITATIVE_RESPONSE = 0x8580;
const CNAME_LIMIT = 8;

interface Question {
  readonly name: string;
  readonly type: number;
  readonly end: number;
}
interface ResourceRecord {
  readonly name: string;
  readonly type: number;
  readonly data: Buffer;
}
interface Found {
  readonly rcode: number;
  readonly records: readonly ResourceRecord[];
}

/** The only name server in the worker's network. */
export async function startDnsServer(): Promise<DnsServer> {
  let zone: Zone = new Map();
  let asked = new Set<string>();
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const question = readQuestion(query);
    asked.add(`${typeName(question.type)} ${question.name}`);
    const found = find(zone, question);
    if (found !== "TIMEOUT") socket.send(response(query, question, found), from.port, from.address);
  });
  socket.bind(53, "127.0.0.1");
  await once(socket, "listening");
  return {
    serve: (next) => {
      zone = next;
      asked = new Set();
    },
    queries: () => [...asked].sort(),
  };
}

function readQuestion(query: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function typeName(type: number): string {
  if (type === ANY) return "ANY";
  return Object.entries(RECORD_TYPES).find(([, number]) => number === type)?.[0] ?? String(type);
}

/** Follows aliases, as a resolver behind a name server would. */
function find(zone: Zone, { name, type }: Question): Found | "TIMEOUT" {
  const wanted = typeName(type) as RecordType | "ANY";
  const records: ResourceRecord[] = [];
  let current = name;
  for (let hops = 0; hops < CNAME_LIMIT; hops++) {
    const known = zone.get(current);
    if (known === undefined) return { rcode: RCODES.NXDOMAIN, records };
    const failure = failureOf(known, wanted);
    if (failure !== undefined) return failure === "TIMEOUT" ? failure : { rcode: RCODES[failure], records };
    const alias = wanted === "CNAME" ? undefined : known.records.get("CNAME")?.[0];
    if (alias === undefined)
      return { rcode: RCODES.NOERROR, records: [...records, ...recordsOf(current, known, wanted)] };
    records.push({ name: current, type: RECORD_TYPES.CNAME, data: encodeName(alias) });
    current = plain(alias);
  }
  return { rcode: RCODES.NOERROR, records };
}

function failureOf({ any, records }: Name, type: RecordType | "ANY"): Failure | undefined {
  const found = type === "ANY" ? undefined : records.get(type);
  return any ?? (typeof found === "string" ? found : undefined);
}

function recordsOf(name: string, { records }: Name, wanted: RecordType | "ANY"): ResourceRecord[] {
  const types = wanted === "ANY" ? [...records.keys()] : [wanted];
  return types.flatMap((type) => {
    const values = records.get(type) ?? [];
    if (typeof values === "string") return [];
    return values.map((value) => ({ name, type: RECORD_TYPES[type], data: ENCODERS[type](value) }));
  });
}

const ENCODERS: Record<RecordType, (value: string) => Buffer> = {
  A: (value) => Buffer.from(value.split(".").map(Number)),
  AAAA: (value) => Buffer.from(hexDigits(value), "hex"),
  MX: (value) => {
    const [preference = "10", host = "."] = value.split(" ");
    return Buffer.concat([uint16(Number(preference)), encodeName(host)]);
  },
  TXT: (value) => Buffer.concat((value.match(/[^]{1,255}/g) ?? [""]).map(encodeString)),
  NS: encodeName,
  CNAME: encodeName,
  PTR: encodeName,
};

function encodeName(name: string): Buffer {
  const labels = name.split(".").filter((label) => label !== "");
  return Buffer.concat([...labels.map((label) => encodeString(label.slice(0, 63))), Buffer.of(0)]);
}

function encodeString(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function encodeRecord({ name, type, data }: ResourceRecord): Buffer {
  const [internet, secondsToLive] = [1, 60];
  return Buffer.concat([
    encodeName(name),
    uint16(type),
    uint16(internet),
    uint16(0),
    uint16(secondsToLive),
    uint16(data.length),
    data,
  ]);
}

function response(query: Buffer, question: Question, { rcode, records }: Found): Buffer {
  const header = [query.subarray(0, 2), uint16(AUTHORITATIVE_RESPONSE | rcode), uint16(1), uint16(records.length)];
  const authority = rcode === RCODES.NXDOMAIN || records.length === 0 ? [startOfAuthority()] : [];
  const counts = [uint16(authority.length), uint16(0)];
  return Buffer.concat([
    ...header,
    ...counts,
    query.subarray(12, question.end),
    ...records.map(encodeRecord),
    ...authority,
  ]);
}

/** A negative answer is only believed and cached with the authority's record. */
function startOfAuthority(): Buffer {
  const [server, contact] = [encodeName("."), encodeName(".")];
  const numbers = [1, 60, 60, 60, 60].flatMap((number) => [uint16(0), uint16(number)]);
  return encodeRecord({ name: ".", type: SOA, data: Buffer.concat([server, contact, ...numbers]) });
}

function uint16(number: number): Buffer {
  return Buffer.of(number >> 8, number & 0xff);
}
