/** One message as a client offers it. Absent attributes are unknown to us; `null` ones are known not to be there. */
export interface Message {
  /** IPv4 or IPv6 in text form. */
  readonly client_address: string;
  /** The verified name; null: none (postfix calls the client `unknown`); absent: unknown to us. */
  readonly client_name?: string | null | undefined;
  /** What the address resolves to, verified or not. */
  readonly reverse_client_name?: string | null | undefined;
  /** `temp`: the name could not be looked up for a moment. */
  readonly client_name_status?: "temp" | undefined;
  /** null: the client sends neither HELO nor EHLO. */
  readonly helo?: string | null | undefined;
  readonly sasl_username?: string | null | undefined;
  /** "" is the null sender `<>`; null: the client sends no MAIL FROM. */
  readonly sender?: string | null | undefined;
  readonly recipients?: readonly string[] | undefined;
  readonly protocol?: "ESMTP" | "SMTP" | undefined;
  /** Absent: only where the server begins with TLS. */
  readonly encrypted?: boolean | undefined;
  /** The certificate that the client shows where it is asked for one; absent or null: none. */
  readonly client_certificate?: ClientCertificate | null | undefined;
  /** Whether the client goes on with DATA; default true. */
  readonly data?: boolean | undefined;
  readonly etrn?: string | undefined;
  /** Whether the client sends commands before it has read the replies to earlier ones. */
  readonly pipelining?: boolean | undefined;
  /** Text behind the address of MAIL FROM: ` SIZE=1000`. */
  readonly mail_params?: string | undefined;
}

/** What smtpd knows of a certificate of a client. */
export interface ClientCertificate {
  /** As smtpd_tls_fingerprint_digest makes it. */
  readonly fingerprint: string;
  readonly pubkey_fingerprint?: string | undefined;
  readonly common_name?: string | undefined;
  /** Whether an authority that the server trusts has signed it. */
  readonly trusted?: boolean | undefined;
}
