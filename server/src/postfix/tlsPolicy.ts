import { PARAMETER_VALUES, type ValuesFact } from "./parameterValues.ts";

/** Whether the tables of a parameter answer with a TLS level and attributes. */
export function holdsTlsPolicies(parameter: string): boolean {
  return parameter === "smtp_tls_policy_maps" || parameter === "lmtp_tls_policy_maps";
}

/** The words with which a policy begins: tls_level_lookup() reads them for both. */
export const TLS_LEVELS: ValuesFact = PARAMETER_VALUES["smtp_tls_security_level"] ?? { values: [] };

/** Whether a policy may begin with a word; `halfdane` has no name in the manual. See tls_level.c, tls_level_table. */
export function isTlsLevel(word: string): boolean {
  const level = word.toLowerCase();
  return level === "halfdane" || TLS_LEVELS.values.includes(level);
}

/** `name=value` behind the level of a TLS policy. */
export interface TlsPolicyAttribute {
  readonly since: string;
  /** One sentence. */
  readonly summary: string;
  readonly example: string;
  /** The levels that take it; absent: all. */
  readonly levels?: readonly string[];
  /** Whether it may stand several times. */
  readonly repeats?: true;
  /** Whether it says nothing without a `policy_type`. */
  readonly needsType?: true;
  /** What may stand behind the `=`, in letters of any size. */
  readonly values?: readonly string[];
  /** What has to stand there, where that is no list of words. */
  readonly form?: "something" | "host name" | "seconds";
}

/** See smtp_tls_policy.c, tls_policy_lookup_one(). */
export const TLS_POLICY_ATTRIBUTES: Readonly<Partial<Record<string, TlsPolicyAttribute>>> = {
  match: {
    since: "2.3",
    summary:
      "What the certificate has to show: with `fingerprint` the digests, separated by `|`, with `verify` and `secure` names, separated by `:`; no other level takes it.",
    example: "nexthop:dot-nexthop",
    levels: ["fingerprint", "verify", "secure"],
    repeats: true,
    form: "something",
  },
  protocols: { since: "2.3", summary: "The TLS versions for this destination.", example: ">=TLSv1.2" },
  ciphers: {
    since: "2.3",
    summary: "The grade of the ciphers for this destination.",
    example: "high",
    form: "something",
  },
  exclude: { since: "2.5", summary: "Ciphers that are not used, separated by `:`.", example: "3DES:MD5" },
  servername: {
    since: "3.4",
    summary: "The name that is sent to the server by SNI, in place of `smtp_tls_servername`.",
    example: "mx.example.com",
    form: "host name",
  },
  connection_reuse: {
    since: "3.4",
    summary: "Whether TLS connections are used again, in place of `smtp_tls_connection_reuse`.",
    example: "yes",
    repeats: true,
    values: ["yes", "no"],
  },
  tafile: {
    since: "2.11",
    summary: "A file with the certificates of the authorities that count, with `verify` and `secure` only.",
    example: "/etc/postfix/authority.pem",
    levels: ["verify", "secure"],
    repeats: true,
    form: "something",
  },
  enable_rpk: {
    since: "3.9",
    summary: "Whether raw public keys are taken in place of certificates.",
    example: "yes",
    repeats: true,
    values: ["yes", "no"],
  },
  policy_type: {
    since: "3.10",
    summary: "For TLS reports: what kind of policy a program found for this destination: `sts` or `no-policy-found`.",
    example: "sts",
    values: ["sts", "no-policy-found"],
  },
  policy_domain: {
    since: "3.10",
    summary: "For TLS reports: the domain that publishes the policy; it needs `policy_type`.",
    example: "example.com",
    needsType: true,
    form: "host name",
  },
  policy_ttl: {
    since: "3.10",
    summary: "How many seconds the policy may be kept: not used, and no longer to be given; it needs `policy_type`.",
    example: "86400",
    needsType: true,
    form: "seconds",
  },
  policy_string: {
    since: "3.10",
    summary:
      "For TLS reports: a line of the policy as it was published; it may stand several times and needs `policy_type`.",
    example: "version=STSv1",
    repeats: true,
    needsType: true,
  },
  mx_host_pattern: {
    since: "3.10",
    summary:
      "For TLS reports: a name of a mail server that the policy allows; it may stand several times and needs `policy_type`.",
    example: "mx.example.com",
    repeats: true,
    needsType: true,
  },
  policy_failure: {
    since: "3.10",
    summary: "For TLS reports: why the policy could not be found out; it needs `policy_type`.",
    example: "sts-policy-fetch-error",
    needsType: true,
    values: ["sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid", "validation-failure"],
  },
};
