import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Installation } from "./installation.ts";

export const SERVER_ADDRESSES = ["127.0.0.1", "::1", "198.51.100.25"];

/**
 * The first process of the namespaces: makes the private world, then stays to bury the processes that others leave behind.
 * Every address is local here ("AnyIP"), so a client can really connect from the address it is said to have; IPv6 takes a
 * sysctl besides. Arguments: an empty directory, the queue and the data directory, then the command to run.
 */
export const SETUP = `
set -e
world=$1 queue=$2 data=$3
shift 3
mount -t tmpfs -o size=1g,mode=755 tmpfs "$world"
mkdir "$world/etc" "$world/work" "$world/dev" "$world/queue" "$world/data"
mount -t overlay -o "lowerdir=/etc,upperdir=$world/etc,workdir=$world/work" overlay /etc
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty "$world/dev"
mount --bind "$world/dev" /dev
mount --bind "$world/queue" "$queue"
mount --bind "$world/data" "$data"
ip link set lo up
ip address add 198.51.100.25/24 dev lo
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo
echo 1 > /proc/sys/net/ipv6/ip_nonlocal_bind
"$@" || exit $?
exit 0
`;

const USERS = ["root", "daemon", "nobody", "postfix", "alice", "bob", "carol"];
const ALIASES = "postmaster: root\nwebmaster: root\nabuse: root\ninfo: alice\n";
const NAME_SERVICES = [
  "passwd: files",
  "group: files",
  "shadow: files",
  "hosts: files dns",
  "networks: files",
  "protocols: files",
];
const RESOLVER = "nameserver 127.0.0.1\nsearch .\noptions timeout:1 attempts:1\n";

/** Directories that belong to postfix:root and are private, but for those with a mode of their own. */
const QUEUE_DIRECTORIES = [
  "private",
  "incoming",
  "active",
  "hold",
  "deferred",
  "defer",
  "bounce",
  "flush",
  "corrupt",
  "saved",
  "trace",
];
const SHARED_DIRECTORIES = { public: 0o2710, maildrop: 0o1730 };

/** Fills the private /etc and the empty queue, so that nothing of the machine shows through. */
export function furnish({ queue, data }: Installation): void {
  const users = new Map(fieldsOf("/etc/passwd").map((fields) => [fields[0], fields]));
  const postfix = Number(users.get("postfix")?.[2]);
  const postdrop = Number(fieldsOf("/etc/group").find(([name]) => name === "postdrop")?.[2]);
  const lines = USERS.map(
    (user, index) => users.get(user)?.join(":") ?? `${user}:x:${2000 + index}:${2000 + index}::/tmp:/bin/false`,
  );
  replace("/etc/passwd", `${lines.join("\n")}\n`);
  replace("/etc/resolv.conf", RESOLVER);
  replace("/etc/hosts", "");
  replace("/etc/nsswitch.conf", `${NAME_SERVICES.join("\n")}\nservices: files\n`);
  replace("/etc/aliases", ALIASES);
  rmSync("/etc/mailname", { force: true });
  mkdirSync(path.join(queue, "pid"));
  for (const name of QUEUE_DIRECTORIES) makeDirectory(path.join(queue, name), { user: postfix, group: 0, mode: 0o700 });
  for (const [name, mode] of Object.entries(SHARED_DIRECTORIES)) {
    makeDirectory(path.join(queue, name), { user: postfix, group: postdrop, mode });
  }
  chownSync(data, postfix, 0);
}

function fieldsOf(file: string): string[][] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(":"));
}

/** A new file: the old one may be a link that leads out of /etc. */
function replace(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o644 });
}

function makeDirectory(directory: string, { user, group, mode }: { user: number; group: number; mode: number }): void {
  mkdirSync(directory);
  chownSync(directory, user, group);
  chmodSync(directory, mode);
}
