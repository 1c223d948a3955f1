import type { Message } from "../../../server/src/evaluate/message.ts";

/** The attributes of a message, with the type that each has. */
export const ATTRIBUTES = {
  client_address: "text",
  client_name: "text",
  reverse_client_name: "text",
  helo: "text",
  sasl_username: "text",
  sender: "text",
  recipients: "texts",
  protocol: "text",
  encrypted: "boolean",
} as const satisfies Readonly<Partial<Record<keyof Message, "text" | "texts" | "boolean">>>;

export type Attribute = keyof typeof ATTRIBUTES;

/** What a person may write: a name, or a name that is compared with a value or given one. */
export interface Expression {
  readonly name: string;
  readonly operator?: "=" | "!=" | "~";
  readonly value?: string;
}

/** Reads `name`, `name = value`, `name != value` or `name ~ part`; undefined: it is none of them. */
export function parseExpression(text: string): Expression | undefined {
  const match = /^\s*([a-z_]+(?: \d+)?)\s*(?:(==?|!=|~)\s*(.*?))?\s*$/s.exec(text);
  if (!match) return undefined;
  const [, name = "", sign, written = ""] = match;
  const named = name === "recipient" ? "recipients" : name;
  if (sign === undefined) return { name: named };
  const operator = sign === "==" ? "=" : (sign as "=" | "!=" | "~");
  return { name: named, operator, value: written.replace(/^(["'])(.*)\1$/s, "$2") };
}

export function isAttribute(name: string): name is Attribute {
  return name in ATTRIBUTES;
}

/** The value of an attribute in words. */
export function valueOf(message: Message, name: Attribute): string {
  const value = message[name];
  if (Array.isArray(value)) return value.join(", ");
  if (value === undefined || value === null) return "none";
  return value === "" ? "<>" : String(value);
}

/** Whether what an expression compares is so. */
export function isTrue({ operator, value = "" }: Expression, actual: string): boolean {
  const [left, right] = [actual.toLowerCase(), value.toLowerCase()];
  if (operator === "~") return left.includes(right);
  return (left === right) === (operator !== "!=");
}

/** What an expression comes to, given what there is by name; undefined: there is no such name. */
export function evaluated(expression: Expression, known: ReadonlyMap<string, string>): string | undefined {
  const actual = known.get(expression.name);
  if (actual === undefined || expression.operator === undefined) return actual;
  return isTrue(expression, actual) ? "yes" : "no";
}

/** The message with one attribute changed. `none` takes it away, `<>` is the null sender. */
export function changed(message: Message, name: Attribute, value: string): Message {
  switch (ATTRIBUTES[name]) {
    case "texts":
      return { ...message, [name]: value.split(/[\s,]+/).filter((part) => part !== "") };
    case "boolean":
      return { ...message, [name]: /^(?:yes|true|1)$/i.test(value) };
    case "text":
      return { ...message, [name]: value === "none" ? null : value === "<>" ? "" : value };
  }
}
