import { inputFromLog } from "../evaluate/inputs/logLines.ts";
import { inputFromMail } from "../evaluate/inputs/mail.ts";
import { known, nameOf, SOME_HELO, taken, type MessageInput } from "../evaluate/inputs/messageInput.ts";
import { inputFromSwaks } from "../evaluate/inputs/swaks.ts";
import type { Message } from "../evaluate/message.ts";
import { parseAddress } from "../syntax/network.ts";
import { readInput } from "./readInput.ts";
import { UsageError } from "./usage.ts";

/** The attributes of a message as options, and what a message can be read from. */
export const MESSAGE_OPTIONS = {
  "client-address": { type: "string" },
  "client-name": { type: "string" },
  "reverse-client-name": { type: "string" },
  helo: { type: "string" },
  "sasl-username": { type: "string" },
  sender: { type: "string" },
  recipient: { type: "string", multiple: true },
  encrypted: { type: "boolean" },
  "log-line": { type: "string", multiple: true },
  eml: { type: "string" },
  received: { type: "string" },
  swaks: { type: "string" },
} as const;

type OptionName = keyof typeof MESSAGE_OPTIONS;
const MESSAGE_OPTION_NAMES = Object.keys(MESSAGE_OPTIONS) as readonly OptionName[];
type Values = Readonly<Partial<Record<OptionName, string | string[] | boolean | undefined>>>;

/** A message that is complete, with what its input had to say besides. */
export interface GivenMessage extends Omit<MessageInput, "message"> {
  readonly message: Message;
}

/** Makes a message from the options; they win over what an input says. */
export function messageFrom(values: Values): GivenMessage {
  const address = text(values, "client-address");
  if (address !== undefined && !parseAddress(address)) {
    throw new UsageError(`--client-address takes an IPv4 or IPv6 address, not \`${address}\``);
  }
  const input = inputFrom(values);
  return input ? completed(values, input) : { message: plainMessage(values), notes: [] };
}

/** A message from options alone. `unknown` as a name means that the client has none. */
function plainMessage(values: Values): Message {
  const address = text(values, "client-address");
  if (address === undefined) {
    throw new UsageError("the message needs --client-address (or --log-line, --eml, --swaks, --case, --batch)");
  }
  const recipients = recipientsIn(values);
  if (recipients === undefined) throw new UsageError("the message needs at least one --recipient");
  return {
    client_address: address,
    client_name: name(values, "client-name") ?? null,
    reverse_client_name: name(values, "reverse-client-name") ?? name(values, "client-name") ?? null,
    helo: text(values, "helo") ?? SOME_HELO,
    sasl_username: text(values, "sasl-username") ?? null,
    sender: text(values, "sender") ?? "",
    recipients,
    ...(values.encrypted === true && { encrypted: true }),
  };
}

/** Reads the one input that is given. */
function inputFrom(values: Values): MessageInput | undefined {
  const inputs = INPUTS.filter(({ option }) => values[option] !== undefined);
  const [first, second] = inputs;
  if (first && second) throw new UsageError(`--${first.option} and --${second.option} exclude each other`);
  if (values.received !== undefined && first?.option !== "eml") throw new UsageError("--received goes with --eml");
  if (!first) return undefined;
  const input = first.read(values);
  if (typeof input === "string") throw new UsageError(`--${first.option}: ${input}`);
  return input;
}

/** Cases are whole messages: nothing is said of the message besides. */
export function excludeOthers(
  values: Values & { readonly case?: string | undefined; readonly batch?: string | undefined },
): void {
  const given = (["case", "batch", ...MESSAGE_OPTION_NAMES] as const).filter((option) => values[option] !== undefined);
  const [source, other] = given;
  if ((source === "case" || source === "batch") && other !== undefined)
    throw new UsageError(`--${other} and --${source} exclude each other`);
}

interface InputOption {
  readonly option: OptionName;
  readonly read: (values: Values) => MessageInput | string;
}

const INPUTS: readonly InputOption[] = [
  {
    option: "log-line",
    read: (values) => {
      const lines = Array.isArray(values["log-line"]) ? values["log-line"] : [];
      return inputFromLog(lines.map((line) => (line === "-" ? lenientText("-") : line)).join("\n"));
    },
  },
  {
    option: "eml",
    read: (values) => {
      const number = receivedNumber(values);
      const file = text(values, "eml") ?? "-";
      return inputFromMail(lenientText(file), number);
    },
  },
  { option: "swaks", read: (values) => inputFromSwaks(text(values, "swaks") ?? "") },
];

/** Logs and headers may hold any bytes; those outside UTF-8 are of no use here. */
function lenientText(file: string): string {
  return new TextDecoder().decode(readInput(file));
}

function receivedNumber(values: Values): number {
  const given = text(values, "received") ?? "1";
  if (!/^[1-9]\d*$/.test(given)) throw new UsageError(`--received takes a number from 1, not \`${given}\``);
  return Number(given);
}

/** Completes what an input tells by the options. What both leave open is filled as the evaluator needs it, and said. */
function completed(values: Values, { message: told, notes, ...rest }: MessageInput): GivenMessage {
  const own = withoutForeignName(values, told);
  const { client_address, recipients, ...message } = { ...own.message, ...optionPart(values) };
  if (client_address === undefined) throw missing("client-address", "the client address");
  if (recipients === undefined) throw missing("recipient", "the recipient");
  const filled = taken(message);
  return {
    ...rest,
    message: { ...message, client_address, recipients, ...filled.message },
    notes: [...notes.filter((note) => !isSettled(values, note)), ...own.notes, ...filled.notes],
  };
}

function missing(option: OptionName, what: string): UsageError {
  return new UsageError(`the message needs --${option}: what it is read from does not tell ${what}`);
}

function optionPart(values: Values): Partial<Message> {
  return known({
    client_address: text(values, "client-address"),
    client_name: name(values, "client-name"),
    reverse_client_name: name(values, "reverse-client-name") ?? name(values, "client-name"),
    helo: text(values, "helo"),
    sasl_username: text(values, "sasl-username"),
    sender: text(values, "sender"),
    recipients: recipientsIn(values),
    encrypted: values.encrypted === true ? true : undefined,
  });
}

/** A name belongs to its address: with another address, the one of the input is nobody's. */
function withoutForeignName(values: Values, told: Partial<Message>): Pick<MessageInput, "message" | "notes"> {
  const address = text(values, "client-address");
  const { client_name, reverse_client_name, client_name_status, ...message } = told;
  const isNamed = [client_name, reverse_client_name, client_name_status].some((value) => value != null);
  if (address === undefined || told.client_address === undefined || address === told.client_address || !isNamed) {
    return { message: told, notes: [] };
  }
  return {
    message,
    notes: ["the client name that was read belongs to another address and is left out (--client-name)"],
  };
}

/** Notes name the option that would tell more: `(--sender)`. */
function isSettled(values: Values, note: string): boolean {
  const [, option] = /--([a-z-]+)\)/.exec(note) ?? [];
  return option !== undefined && option in values;
}

function recipientsIn({ recipient }: Values): readonly string[] | undefined {
  return Array.isArray(recipient) && recipient.length > 0 ? recipient : undefined;
}

/** A name that is given; `unknown`: there is none. */
function name(values: Values, option: OptionName): string | null | undefined {
  const given = text(values, option);
  return given === undefined ? undefined : nameOf(given);
}

function text(values: Values, option: OptionName): string | undefined {
  const given = values[option];
  return typeof given === "string" ? given : undefined;
}
