import { sameService } from "../config/services.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import type { Rule } from "./rule.ts";

export const duplicateService: Rule = {
  code: "duplicate-service",
  severity: "warning",
  summary: "A service stands twice in master.cf, and the first entry is lost",
  why: "master(8) tells services apart by name and type; `25` and `smtp` are the same. It warns (`duplicate master.cf entry for service`) and takes the command and the options of the last entry, none of the first. See master(5) and master_conf.c, master_refresh().",
  manual: "https://www.postfix.org/master.5.html",
  bad: `
myhostname = mx.example.com
#- master.cf
smtp inet n - n - - smtpd
    -o smtpd_client_restrictions=reject_unknown_client_hostname
25 inet n - n - - smtpd
#< The service \`25\` (\`inet\`) stands above already: this entry wins, and the options of the other one are lost
`,
  good: `
myhostname = mx.example.com
#- master.cf
smtp inet n - n - - smtpd
smtp unix - - n - - smtp
127.0.0.1:smtp inet n - n - - smtpd
`,
  *check({ project: { masterCf } }) {
    const known: MasterEntry[] = [];
    for (const node of masterCf?.nodes ?? []) {
      if (node.kind !== "service") continue;
      const earlier = known.find((entry) => isSame(entry, node));
      known.push(node);
      const [name, type] = node.columns;
      if (!earlier || !name || !type) continue;
      const message = `The service \`${name.text}\` (\`${type.text}\`) stands above already: this entry wins, and the options of the other one are lost`;
      const first = earlier.columns[0]?.span ?? earlier.span;
      const related = [{ at: { file: "master.cf", span: first }, message: "the first entry" }];
      const edits = [{ file: "master.cf", edits: [{ span: earlier.span, newText: "" }] }];
      const fix = { title: "Remove the entry that does not count", edits };
      yield { at: { file: "master.cf", span: name.span }, message, related, fix };
    }
  },
};

function isSame({ columns: a }: MasterEntry, { columns: b }: MasterEntry): boolean {
  if (a[1]?.text !== b[1]?.text) return false;
  const [left, right] = [a[0]?.text ?? "", b[0]?.text ?? ""];
  if (a[1]?.text === "inet") return host(left) === host(right) && sameService(port(left), port(right));
  return left === right && isPrivate(a[2]?.text) === isPrivate(b[2]?.text);
}

function host(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(":")));
}

function port(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

/** Private is what a service is by default. */
function isPrivate(flag: string | undefined): boolean {
  return flag !== "n";
}
