import { sameService } from "../config/services.ts";
import type { Finding, Rule } from "./rule.ts";
import { serviceColumns, type ServiceColumns } from "./serviceColumns.ts";

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
  *check({ project }) {
    const known: ServiceColumns[] = [];
    for (const service of serviceColumns(project)) {
      const earlier = known.find((other) => isSame(other, service));
      known.push(service);
      if (earlier) yield finding(earlier, service);
    }
  },
};

function finding(earlier: ServiceColumns, { name, type }: ServiceColumns): Finding {
  const message = `The service \`${name.text}\` (\`${type.text}\`) stands above already: this entry wins, and the options of the other one are lost`;
  const related = [{ at: { file: "master.cf", span: earlier.name.span }, message: "the first entry" }];
  const edits = [{ file: "master.cf", edits: [{ span: earlier.entry.span, newText: "" }] }];
  const fix = { title: "Remove the entry that does not count", edits };
  return { at: { file: "master.cf", span: name.span }, message, related, fix };
}

function isSame(a: ServiceColumns, b: ServiceColumns): boolean {
  if (a.type.text !== b.type.text) return false;
  const [left, right] = [a.name.text, b.name.text];
  if (a.type.text === "inet") return host(left) === host(right) && sameService(port(left), port(right));
  return left === right && isPrivate(a) === isPrivate(b);
}

function host(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(":")));
}

function port(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

/** Private is what a service is by default. */
function isPrivate(service: ServiceColumns): boolean {
  return service.private.text !== "n";
}
