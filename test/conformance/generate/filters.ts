import { oneOf, type Row } from "./row.ts";

/** Filters, proxies and limits that stand between the client and the queue. */
export const FILTERS: readonly Row[] = [
  [
    "smtpd_proxy_filter",
    2,
    oneOf("", "inet:127.0.0.1:10025", "127.0.0.1:10025", "unix:private/filter", "10025", "foo:bar:baz", "inet:[::1]:x"),
  ],
  ["smtpd_proxy_options", 2, oneOf("speed_adjust", "")],
  ["queue_minfree", 1, oneOf("-1", "0", "1000000", "999999999999999")],
  ["hopcount_limit", 1, oneOf("1", "2", "50")],
  ["smtpd_upstream_proxy_protocol", 1, oneOf("haproxy", "")],
  ["header_checks", 1, oneOf("fail:x", "hash:/etc/postfix/nowhere", "inline:{{x=IGNORE}}", "static:x, fail:x")],
  ["body_checks", 1, oneOf("fail:x", "cidr:/etc/postfix/nowhere", "inline:{{x=IGNORE}}, fail:x")],
  [
    "smtpd_milters",
    2,
    oneOf(
      "inet:127.0.0.1:1",
      "unix:/nowhere",
      "nonsense",
      "{ inet:127.0.0.1:1, default_action=accept }, unix:/nowhere",
    ),
  ],
  ["milter_default_action", 3, oneOf("accept", "reject", "tempfail", "quarantine", "Accept", "nonsense")],
  ["smtpd_milter_maps", 1, oneOf("static:DISABLE", "cidr:{{203.0.113.0/24 inet:127.0.0.1:1}}")],
  [
    "smtpd_command_filter",
    2,
    oneOf(
      "",
      "fail:x",
      "inline:{{DATA=NOOP}}",
      "inline:{{RCPT TO:<alice@example.com>=bogus}}",
      "regexp:{{/^MAIL/ QUIT}}",
      "regexp:{{/^RCPT TO:<b/ Subject: x}}",
    ),
  ],
];
