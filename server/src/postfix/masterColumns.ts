/** A column of master.cf. Cites master(5). */
export interface MasterColumnFact {
  readonly name: string;
  /** What `-` stands for; undefined where it has no special meaning. */
  readonly byDefault: string | undefined;
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  readonly values: readonly MasterValue[];
}

interface MasterValue {
  readonly text: string;
  readonly summary: string;
}

const DEFAULT: MasterValue = { text: "-", summary: "The default" };

export const MASTER_COLUMNS: readonly MasterColumnFact[] = [
  {
    name: "service",
    byDefault: undefined,
    summary: "The name of the service, or the port on which it listens.",
    details:
      "For `inet` services `port` or `host:port`, as numbers or names; without a host it listens on the addresses of `inet_interfaces`. For all others a path below the queue directory. Of two lines with the same name and type only the last one counts.",
    values: [],
  },
  {
    name: "type",
    byDefault: undefined,
    summary: "How the service is reached.",
    details: "`inet` services are reached over the network, all others from this host only.",
    values: [
      { text: "inet", summary: "A TCP port" },
      { text: "unix", summary: "A Unix socket" },
      { text: "unix-dgram", summary: "A Unix datagram socket" },
      {
        text: "pass",
        summary: "A Unix socket that receives open connections, such as those that postscreen passes on",
      },
      { text: "fifo", summary: "A named pipe (obsolete)" },
    ],
  },
  {
    name: "private",
    byDefault: "y",
    summary: "Whether only Postfix itself may use the service.",
    details: "`y` puts its socket into `private/`, `n` into `public/`. `inet` services cannot be private.",
    values: [DEFAULT, { text: "y", summary: "For Postfix alone" }, { text: "n", summary: "For everybody" }],
  },
  {
    name: "unprivileged",
    byDefault: "y",
    summary: "Whether the program runs as `mail_owner` instead of root.",
    details: "`local`, `pipe`, `spawn` and `virtual` need `n`.",
    values: [DEFAULT, { text: "y", summary: "As `mail_owner`" }, { text: "n", summary: "As root" }],
  },
  {
    name: "chroot",
    byDefault: "n (from compatibility_level = 1 on), y (below)",
    summary: "Whether the program sees the queue directory as the root of the file system.",
    details:
      "Then tables, sockets and libraries outside of it cannot be found. Not for `local`, `pipe`, `spawn` and `virtual`.",
    values: [
      DEFAULT,
      { text: "n", summary: "Sees all files" },
      { text: "y", summary: "Sees the queue directory only" },
    ],
  },
  {
    name: "wakeup",
    byDefault: "0",
    summary: "After how many seconds the service is woken up again and again; 0 means never.",
    details: "With a `?` behind the number, only once the service has been used. `pickup`, `qmgr` and `flush` need it.",
    values: [
      DEFAULT,
      { text: "0", summary: "Never" },
      { text: "60", summary: "Each minute, as pickup" },
      { text: "300", summary: "Every five minutes, as qmgr" },
      { text: "1000?", summary: "Every 1000 seconds once it was used, as flush and tlsmgr" },
    ],
  },
  {
    name: "maxproc",
    byDefault: "$default_process_limit",
    summary: "How many processes of the service may run at once; 0 means any number.",
    details: "Some services need exactly one process (`qmgr`, `pickup`, `tlsmgr`), `cleanup` needs 0.",
    values: [
      DEFAULT,
      { text: "0", summary: "No limit" },
      { text: "1", summary: "One process" },
      { text: "10", summary: "At most ten" },
    ],
  },
  {
    name: "command",
    byDefault: undefined,
    summary: "The program in `daemon_directory` that does the work, with its arguments.",
    details:
      "Quotes mean nothing here; `{ … }` keeps an argument with blanks together (since 3.0). `-o name=value` overrides main.cf for this service, `-v` logs more, `-D` runs it under the debugger.",
    values: [],
  },
];
