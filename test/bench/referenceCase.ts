import type { Case, Message } from "../oracle/case.ts";

const TABLE_LINES = 1000;

/** The reference configuration of the figures: one recipient list of five restrictions, two of them tables of 1,000 lines. */
const FILES = {
  "main.cf": `compatibility_level = 3.6
myhostname = mail.example.com
mynetworks = 127.0.0.0/8 [::1]/128 192.0.2.0/24
relay_domains = example.com
smtpd_relay_restrictions =
smtpd_recipient_restrictions =
    permit_mynetworks
    check_client_access hash:/etc/postfix/client_access
    check_sender_access hash:/etc/postfix/sender_access
    reject_non_fqdn_recipient
    reject_unauth_destination
`,
  client_access: numbered((number) => `client${number}.example.net REJECT\n`),
  sender_access: numbered((number) => `sender${number}@example.net REJECT\n`),
};

const MESSAGE = {
  client_address: "203.0.113.8",
  client_name: "mx.sender.example",
  helo: "mx.sender.example",
  sender: "somebody@sender.example",
  recipients: ["alice@example.com"],
  data: false,
} as const satisfies Message;

/** Messages about which the first four restrictions have no opinion, up to RCPT TO. */
export const REFERENCE_CASES = [
  { id: "accepted after all five", files: FILES, message: MESSAGE },
  { id: "refused by the fifth", files: FILES, message: { ...MESSAGE, recipients: ["alice@elsewhere.example"] } },
] as const satisfies readonly Case[];

function numbered(line: (number: number) => string): string {
  return Array.from({ length: TABLE_LINES }, (_, number) => line(number)).join("");
}
