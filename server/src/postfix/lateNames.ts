import { own } from "../text/own.ts";

/** What a program puts in for `$name` when it uses a parameter; nothing in main.cf sets it. */
const OF_SESSION: Readonly<Partial<Record<string, string>>> = {
  client: "Name and address of the client, `name[address]`.",
  client_address: "The address of the client.",
  client_name: "The verified name of the client, or `unknown`.",
  client_port: "The port of the client.",
  reverse_client_name: "The name of the client by its address alone, or `unknown`.",
  helo_name: "What the client said in HELO.",
  localtime: "The time on this server.",
  recipient: "The recipient.",
  recipient_domain: "The domain of the recipient.",
  recipient_name: "The local part of the recipient.",
  sender: "The sender, `<>` for the null sender.",
  sender_domain: "The domain of the sender.",
  sender_name: "The local part of the sender.",
  server_name: "The name of this server, `myhostname`.",
};

/** See smtpd_check.c, rbl_expand_lookup(). */
const OF_DNS_LIST: Readonly<Partial<Record<string, string>>> = {
  rbl_code: "The reply code, `maps_rbl_reject_code`.",
  rbl_domain: "The DNS list that refused.",
  rbl_reason: "The text that the DNS list gives, if any.",
  rbl_txt: "The text that the DNS list gives, if any.",
  rbl_what: "What is listed: an address or a domain.",
  rbl_class: "What kind of thing is listed, such as `Client host`.",
};

/** See local_expand.c, local_expand_lookup(). */
const OF_DELIVERY: Readonly<Partial<Record<string, string>>> = {
  client_address: "The address of the client that sent the message.",
  client_helo: "What the client said in HELO.",
  client_hostname: "The name of the client.",
  client_protocol: "The protocol that the client spoke.",
  domain: "The domain of the recipient.",
  extension: "The extension of the recipient, if there is one.",
  home: "The home directory of the recipient.",
  local: "The whole local part of the recipient.",
  recipient: "The whole address of the recipient.",
  shell: "The login shell of the recipient.",
  user: "The recipient without extension and domain.",
};

/** The parameters that a program reads as they are written, and expands when it uses them. */
const LATE: Readonly<Partial<Record<string, { readonly program: string; readonly names: typeof OF_SESSION }>>> = {
  default_rbl_reply: { program: "smtpd", names: { ...OF_SESSION, ...OF_DNS_LIST } },
  smtpd_reject_footer: { program: "smtpd", names: OF_SESSION },
  forward_path: { program: "local", names: OF_DELIVERY },
  luser_relay: { program: "local", names: OF_DELIVERY },
  command_execution_directory: { program: "local", names: OF_DELIVERY },
};

/** What `$name` in the value of a parameter stands for when the program uses it; undefined: it is not known. */
export function lateName(
  parameter: string,
  name: string,
): { readonly program: string; readonly summary: string } | undefined {
  const late = own(LATE, parameter);
  const summary = late && own(late.names, name);
  return late && summary !== undefined ? { program: late.program, summary } : undefined;
}
