/** A program that master(8) runs. Cites the manual page of section 8 with its name. */
export interface DaemonFact {
  /** The line of master.cf that Postfix comes with, without the command; empty: none. Cites conf/master.cf of 3.12. */
  readonly service: string;
  /** The first release that knows it; "2.10" means 2.10 or earlier. */
  readonly since: string;
  /** One sentence. */
  readonly summary: string;
}

export const DAEMONS: Readonly<Record<string, DaemonFact>> = {
  anvil: {
    service: "anvil unix - - n - 1",
    since: "2.10",
    summary: "Counts the sessions and requests of each client, for the rate limits of the SMTP server.",
  },
  bounce: {
    service: "bounce unix - - n - 0",
    since: "2.10",
    summary: "Keeps the delivery logs of messages and sends bounces, delay warnings and delivery reports.",
  },
  cleanup: {
    service: "cleanup unix n - n - 0",
    since: "2.10",
    summary: "Completes and rewrites each new message, applies header and body checks, and puts it into the queue.",
  },
  discard: {
    service: "discard unix - - n - -",
    since: "2.10",
    summary: "Throws mail away and reports that it was delivered.",
  },
  dnsblog: {
    service: "dnsblog unix - - n - 0",
    since: "2.10",
    summary: "Asks DNS lists on behalf of postscreen and logs what they say.",
  },
  error: {
    service: "error unix - - n - -",
    since: "2.10",
    summary: "Bounces mail, or as the service `retry` defers it, with the destination as the reason.",
  },
  flush: {
    service: "flush unix n - n 1000? 0",
    since: "2.10",
    summary: "Remembers which queued messages wait for which domain, for ETRN and `sendmail -qR`.",
  },
  lmtp: {
    service: "lmtp unix - - n - -",
    since: "2.10",
    summary: "Delivers mail over LMTP; it is the SMTP client under another name.",
  },
  local: {
    service: "local unix - n n - -",
    since: "2.10",
    summary: "Delivers to Unix users, their aliases and forward files, and to the commands and files named there.",
  },
  nbdb_reindexd: {
    service: "",
    since: "3.11",
    summary: "Builds tables anew in another format where Berkeley DB is no longer there.",
  },
  oqmgr: {
    service: "qmgr unix n - n 300 1",
    since: "2.10",
    summary: "The older queue manager, which serves destinations strictly in turn.",
  },
  pickup: {
    service: "pickup unix n - n 60 1",
    since: "2.10",
    summary: "Takes in mail that local users submitted with the `sendmail` command.",
  },
  pipe: {
    service: "",
    since: "2.10",
    summary: "Delivers each message to an external command; `user=` and `argv=` are needed.",
  },
  postlogd: {
    service: "postlog unix-dgram n - n - 1",
    since: "3.4",
    summary: "Writes the log of all Postfix programs to `maillog_file`.",
  },
  postscreen: {
    service: "smtp inet n - n - 1",
    since: "2.10",
    summary: "Stands before the SMTP server on port 25 and keeps away clients that are no mail servers.",
  },
  proxymap: {
    service: "proxymap unix - - n - -",
    since: "2.10",
    summary: "Answers `proxy:` look-ups for other programs; as `proxywrite` it also writes.",
  },
  qmgr: {
    service: "qmgr unix n - n 300 1",
    since: "2.10",
    summary: "Manages the mail queue and hands messages to the delivery agents.",
  },
  qmqpd: {
    service: "628 inet n - n - -",
    since: "2.10",
    summary: "Receives mail over QMQP from the clients in `qmqpd_authorized_clients`.",
  },
  scache: {
    service: "scache unix - - n - 1",
    since: "2.10",
    summary: "Keeps open SMTP connections for the next delivery to the same destination.",
  },
  showq: {
    service: "showq unix n - n - -",
    since: "2.10",
    summary: "Lists the mail queue for `mailq` and `postqueue`.",
  },
  smtp: {
    service: "smtp unix - - n - -",
    since: "2.10",
    summary: "The SMTP client: delivers mail to other hosts.",
  },
  smtpd: {
    service: "smtp inet n - n - -",
    since: "2.10",
    summary: "The SMTP server: receives mail from the network and asks the restriction lists.",
  },
  spawn: {
    service: "",
    since: "2.10",
    summary:
      "Runs an external command for each connection, with the connection as its standard input and output; good for policy services.",
  },
  tlsmgr: {
    service: "tlsmgr unix - - n 1000? 1",
    since: "2.10",
    summary: "Provides random bytes and keeps the TLS session caches.",
  },
  tlsproxy: {
    service: "tlsproxy unix - - n - 0",
    since: "2.10",
    summary: "Encrypts and decrypts on behalf of postscreen, and of SMTP clients that reuse connections.",
  },
  "trivial-rewrite": {
    service: "rewrite unix - - n - -",
    since: "2.10",
    summary: "Rewrites addresses to their standard form and finds transport and destination for them.",
  },
  verify: {
    service: "verify unix - - n - 1",
    since: "2.10",
    summary: "Finds out whether addresses can be delivered to, and remembers it.",
  },
  virtual: {
    service: "virtual unix - n n - -",
    since: "2.10",
    summary: "Delivers to the mailboxes of `virtual_mailbox_maps`, which need no Unix users.",
  },
};
