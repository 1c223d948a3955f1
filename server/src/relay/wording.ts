import type { Assumption } from "../evaluate/explore.ts";
import type { Message } from "../evaluate/message.ts";
import type { Blame } from "./blame.ts";
import type { Attribute } from "./box.ts";
import type { ClientFacts } from "./question.ts";
import type { Space } from "./representatives.ts";

/** Who the sender of a message is, as far as it matters: what is not as plain as can be. */
export function whoText(
  { values }: Space,
  choice: Readonly<Record<Attribute, number>>,
  { subject, isAnywhere }: { readonly subject: string; readonly isAnywhere: boolean },
): string {
  const special = (attribute: Attribute): boolean => choice[attribute] > 0 || (attribute === "client" && !isAnywhere);
  const client = values.client[choice.client];
  const texts: Readonly<Record<Attribute, string>> = {
    client: client ? clientText(client.given) : "",
    encrypted: "encrypts",
    twice: "gives the recipient twice",
    helo: heloText(values.helo[choice.helo]?.given),
    sender: `gives <${values.sender[choice.sender]?.given ?? ""}> as the sender`,
    recipient: `writes to <${values.recipient[choice.recipient]?.given ?? ""}>`,
  };
  const parts = (["client", "encrypted", "helo", "sender", "recipient", "twice"] as const).filter(special);
  return parts.length === 0 ? subject : `${subject} who ${parts.map((attribute) => texts[attribute]).join(" and ")}`;
}

function heloText(given: string | null | undefined): string {
  return given == null ? "says no HELO" : `says HELO ${given}`;
}

function clientText({ client_address: address, client_name: name, reverse_client_name: reverse }: ClientFacts): string {
  if (name != null) return `connects from ${name}[${address}]`;
  return reverse == null
    ? `connects from ${address}, an address without a name`
    : `connects from ${address}, whose name does not verify`;
}

/** Who may do it, and the dialogue that shows it. */
export function reasonText(doing: string, message: Message, conditions: readonly Assumption[]): string {
  const answers = conditions.map(({ ask, answer }) =>
    answer === "not found" ? `\`${ask.split(" ")[0] ?? ""}\` has no entry` : `\`${ask}\` is answered ${answer}`,
  );
  const provided = [...new Set(answers)].join(" and ");
  return `${doing}${provided === "" ? "" : ` if ${provided}`}: ${dialogueText(message)} → 250`;
}

/** A message as the client says it. */
export function dialogueText({ client_address, client_name, helo, sender, recipients = [] }: Message): string {
  const from = client_name === null ? `client unknown[${client_address}], ` : "";
  const greeting = helo == null ? "no HELO" : `HELO ${helo}`;
  return `${from}${greeting}, MAIL FROM:<${sender ?? ""}>, ${recipients.map((recipient) => `RCPT TO:<${recipient}>`).join(", ")}`;
}

/** What to do about it. */
export function fixText({ kind, restriction }: Blame): string | undefined {
  switch (kind) {
    case "mynetworks":
      return "leave only your own networks in mynetworks";
    case "relay_domains":
      return "name your own domains in relay_domains, one by one";
    case "nothing refuses":
    case "permit":
      return restriction?.startsWith("permit_mx_backup")
        ? "name the domains in relay_domains in place of permit_mx_backup"
        : "set smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination";
  }
}
