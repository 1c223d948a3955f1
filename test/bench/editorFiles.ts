import { PARAMETERS } from "../../server/src/postfix/parameters.ts";

/** A Postfix directory of some size. */
export interface EditorFiles {
  readonly mainCf: string;
  readonly table: string;
}

/** main.cf with 2,000 lines, and an access table. */
export function editorFiles(tableLines: number): EditorFiles {
  return { mainCf: longMainCf(2000), table: accessTable(tableLines) };
}

/** A JSON text that says what the files say, in as many bytes. */
export function jsonOfSize(bytes: number): string {
  const lines: string[] = [];
  for (let size = 0, number = 0; size < bytes - 4; number++) {
    const line = `  "user${number}@host${number}.example": "${ACTIONS[number % ACTIONS.length] ?? ""}",\n`;
    lines.push(line);
    size += line.length;
  }
  return `{\n${lines.join("").slice(0, -2)}\n}\n`;
}

const ACTIONS = ["REJECT", "OK", "DUNNO", "REJECT not here", "insiders", "450 4.7.1 later"];

function accessTable(lines: number): string {
  return Array.from(
    { length: lines },
    (_, number) => `user${number}@host${number}.example  ${ACTIONS[number % ACTIONS.length] ?? ""}\n`,
  ).join("");
}

const HEAD = `smtpd_restriction_classes = insiders, strict
insiders = permit_mynetworks, reject
strict = reject_unknown_client_hostname, reject_non_fqdn_sender
mynetworks = 127.0.0.0/8, 192.0.2.0/24
mydestination = $myhostname, localhost
smtpd_client_restrictions = permit_mynetworks, strict
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/table
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions =
    check_recipient_access hash:/etc/postfix/table
    reject_unlisted_recipient
`;

/** The start of main.cf says what matters; behind it stand other parameters with their defaults, commented. */
function longMainCf(lines: number): string {
  const said = /^(?:smtpd_.*_restrictions|smtpd_restriction_classes|mynetworks|mydestination)$/;
  const rest = [...PARAMETERS.values()].flatMap(({ name, defaults }) =>
    said.test(name) ? [] : [`# What ${name} is unless somebody says so.`, "", `${name} = ${defaults[0]?.value ?? ""}`],
  );
  return [...HEAD.split("\n"), ...rest, ...Array.from({ length: lines }, () => "#")].slice(0, lines).join("\n");
}
