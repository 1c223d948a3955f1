import { DOT, HYPHEN, UNDERSCORE, isDigit, isLetterOrDigit } from "./characters.ts";
import { isAscii } from "../../text/isAscii.ts";

/** Limits on names and on the text between the brackets of a literal. valid_hostname.h, myaddrinfo.h. */
const NAME_LIMIT = 255;
const LABEL_LIMIT = 63;
const LITERAL_LIMIT = 45;

/** Whether Postfix takes `name` for a host name. An underscore is fine, digits alone are not. valid_hostname.c. */
export function isValidHostname(name: string): boolean {
  return name.length <= NAME_LIMIT && hasValidLabels(name);
}

/** Whether `name` is a host name after its conversion to ASCII: smtputf8_enable=yes. valid_utf8_hostname.c. */
export function isValidUtf8Hostname(name: string): boolean {
  if (isAscii(name)) return isValidHostname(name);
  const ascii = toAsciiHostname(name);
  return ascii !== undefined && isValidHostname(ascii);
}

/** Whether `text` is a numerical IPv4 or IPv6 address, without brackets. valid_hostname.c, valid_hostaddr(). */
export function isValidHostAddress(text: string): boolean {
  return text.includes(":") ? isValidIpv6Address(text) : isValidIpv4Address(text);
}

/**
 * The address in `203.0.113.8` or `IPv6:2001:db8::8`, the forms that stand between the brackets of a literal; undefined
 * if it is neither. valid_mailhost_addr.c, valid_mailhost_addr().
 */
export function bareMailhostAddress(text: string): string | undefined {
  if (!/^ipv6:/i.test(text)) return isValidIpv4Address(text) ? text : undefined;
  const bare = text.slice("IPv6:".length);
  return isValidIpv6Address(bare) ? bare : undefined;
}

/** Whether `text` is `[203.0.113.8]` or `[IPv6:2001:db8::8]`. valid_mailhost_addr.c, valid_mailhost_literal(). */
export function isValidMailhostLiteral(text: string): boolean {
  if (!text.startsWith("[") || text.indexOf("]") !== text.length - 1) return false;
  const inside = text.slice(1, -1);
  return inside.length <= LITERAL_LIMIT && bareMailhostAddress(inside) !== undefined;
}

function hasValidLabels(name: string): boolean {
  let label = 0;
  let numeric = true;
  let previous = DOT;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code === DOT) {
      if (label === 0 || previous === HYPHEN) return false;
      label = 0;
    } else {
      if (!isLabelCharacter(code, label) || ++label > LABEL_LIMIT) return false;
      numeric &&= isDigit(code);
    }
    previous = code;
  }
  return !numeric && label > 0 && previous !== HYPHEN;
}

/** valid_hostname.c, valid_ipv4_hostaddr(): leading zeros are fine; 0.0.0.0 is the only address that begins with 0. */
function isValidIpv4Address(text: string): boolean {
  if (!isDigit(text.charCodeAt(text.length - 1))) return false;
  const octets = text.split(".");
  return (
    octets.length === 4 &&
    octets.every((octet) => /^\d+$/.test(octet) && Number(octet) <= 255) &&
    (Number(octets[0]) > 0 || /^[0.]+$/.test(text))
  );
}

/**
 * valid_hostname.c, valid_ipv6_hostaddr(). Not as strict as it looks: three fields are enough, with or without `::`.
 * A null field is fine once in the middle; at either end only beside it.
 */
function isValidIpv6Address(text: string): boolean {
  const fields = text.split(":");
  const colons = fields.length - 1;
  if (colons < 2 || colons > 7) return false;
  const inner = fields.slice(1, -1);
  const [first = "", last = ""] = [fields[0], fields[colons]];
  return (
    inner.every((field) => field === "" || isHexField(field)) &&
    inner.indexOf("") === inner.lastIndexOf("") &&
    isEndField(first, inner[0]) &&
    (isEndField(last, inner.at(-1)) || (colons <= 6 && isIpv4Tail(last)))
  );
}

function isEndField(field: string, neighbour: string | undefined): boolean {
  return isHexField(field) || (field === "" && neighbour === "");
}

function isIpv4Tail(field: string): boolean {
  return /^\d{1,4}\./.test(field) && isValidIpv4Address(field);
}

function isHexField(field: string): boolean {
  return /^[\da-f]{1,4}$/i.test(field);
}

function isLabelCharacter(code: number, at: number): boolean {
  return isLetterOrDigit(code) || code === UNDERSCORE || (code === HYPHEN && at > 0);
}

/**
 * `name` as the DNS knows it (UTS 46, non-transitional), undefined if it cannot be converted.
 * midna_domain.c, midna_domain_to_ascii(). The URL parser of the platform does the same conversion without the limits
 * that isValidHostname() checks afterwards. It takes names that end in a number for addresses, hence the last label.
 * Unlike Postfix: it also refuses labels that mix directions of writing and joiners without need.
 */
export function toAsciiHostname(name: string): string | undefined {
  if (!/^[\w.\u0080-\u{10ffff}-]+$/u.test(name) || hasMisplacedHyphens(name)) return undefined;
  try {
    return new URL(`http://${name}.a`).hostname.slice(0, -".a".length);
  } catch {
    return undefined;
  }
}

/** ICU refuses hyphens at either end, and in third and fourth place unless they are those of an A-label. */
function hasMisplacedHyphens(name: string): boolean {
  return name
    .split(".")
    .some(
      (label) => label.startsWith("-") || label.endsWith("-") || (label.startsWith("--", 2) && !/^xn/i.test(label)),
    );
}
