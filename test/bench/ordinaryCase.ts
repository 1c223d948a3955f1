import { bigTable } from "./bigTable.ts";
import type { Case } from "../oracle/case.ts";

/** A main.cf as it stands on many a small server. */
const MAIN_CF = `# The mail server of example.com.
compatibility_level = 3.6

# Names
myhostname = mail.example.com
mydomain = example.com
myorigin = $mydomain
smtpd_banner = $myhostname ESMTP
biff = no
append_dot_mydomain = no
readme_directory = no

# What is ours
mydestination = $myhostname, localhost.$mydomain, localhost
relay_domains = example.com, lists.example.com
relay_recipient_maps = hash:/etc/postfix/relay_recipients
mynetworks_style = host
mynetworks = 127.0.0.0/8 [::1]/128
    192.0.2.0/24
    [2001:db8:1::]/48
inet_interfaces = all
inet_protocols = all
relayhost =
recipient_delimiter = +
mailbox_size_limit = 0
message_size_limit = 52428800

# Aliases
alias_maps = hash:/etc/aliases
alias_database = hash:/etc/aliases
virtual_alias_maps = hash:/etc/postfix/virtual

# Encryption
smtpd_tls_security_level = may
smtpd_tls_cert_file = /etc/ssl/certs/mail.example.com.pem
smtpd_tls_key_file = /etc/ssl/private/mail.example.com.key
smtpd_tls_auth_only = yes
smtpd_tls_loglevel = 1
smtp_tls_security_level = may
smtp_tls_session_cache_database = btree:\${data_directory}/smtp_scache

# Who may send
smtpd_helo_required = yes
disable_vrfy_command = yes
strict_rfc821_envelopes = no
smtpd_delay_reject = yes

smtpd_restriction_classes = insiders_only, careful
insiders_only =
    check_sender_access hash:/etc/postfix/insiders
    reject
careful = reject_non_fqdn_sender, reject_non_fqdn_helo_hostname

smtpd_helo_restrictions =
    permit_mynetworks
    reject_invalid_helo_hostname

smtpd_sender_restrictions =
    permit_mynetworks
    reject_non_fqdn_sender

smtpd_relay_restrictions =
    permit_mynetworks
    permit_sasl_authenticated
    defer_unauth_destination

smtpd_recipient_restrictions =
    permit_mynetworks
    check_client_access hash:/etc/postfix/client_access
    check_recipient_access hash:/etc/postfix/protected_destinations
    careful
    reject_non_fqdn_recipient
    reject_unauth_destination
smtpd_data_restrictions = reject_unauth_pipelining
`;

const SMALL_TABLES = {
  client_access: "203.0.113.66 REJECT\nbad.example REJECT\n",
  protected_destinations: "all@lists.example.com insiders_only\n",
  insiders: "example.com OK\n",
  virtual: "postmaster@example.com alice\n",
  relay_recipients: "alice@example.com x\nbob@example.com x\nall@lists.example.com x\n",
};

const MESSAGE = {
  client_address: "203.0.113.8",
  client_name: "mx.sender.example",
  helo: "mx.sender.example",
  sender: "somebody@sender.example",
  recipients: ["alice@example.com"],
  data: false,
} as const;

/** From texts to the first trace: as it is, and with one large table. */
export const ORDINARY_CASES = [
  { id: `main.cf of ${MAIN_CF.split("\n").length - 1} lines`, files: filesWith(SMALL_TABLES), message: MESSAGE },
  {
    id: "the same, one table of 100,000 lines",
    files: filesWith({ ...SMALL_TABLES, client_access: bigTable("hash", 100_000).text }),
    message: MESSAGE,
  },
] as const satisfies readonly Case[];

function filesWith(tables: typeof SMALL_TABLES): Case["files"] {
  return { "main.cf": MAIN_CF, ...tables };
}
