import type { Message } from "../../server/src/evaluate/message.ts";

/** A list that asks a table, which names a class, which asks a table again; `more` stands in the list behind the table. */
export function insidersFiles(more = ""): {
  readonly "main.cf": string;
  readonly recipients: string;
  readonly senders: string;
} {
  return {
    "main.cf": `compatibility_level = 3.6
mydestination = example.com
local_recipient_maps =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions =
    check_recipient_access hash:/etc/postfix/recipients
${more}    permit
smtpd_restriction_classes = insiders
insiders =
    check_sender_access hash:/etc/postfix/senders
    reject
`,
    recipients: "all@example.com insiders\n",
    senders: "boss@example.com OK\n",
  };
}

/** A message from outside to the protected list. */
export const TO_INSIDERS: Message = {
  client_address: "203.0.113.8",
  client_name: null,
  helo: "a.example.net",
  sender: "x@example.net",
  recipients: ["all@example.com"],
};
