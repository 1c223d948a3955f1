import { makeConfiguration } from "../../server/src/config/configuration.ts";
import { findService } from "../../server/src/config/services.ts";
import { caseFrom, type Case } from "../../server/src/evaluate/case.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { report, type Answer } from "../../server/src/evaluate/report.ts";
import { isRelease } from "../../server/src/postfix/release.ts";

/** What the machines of the recording had besides the files of the case. */
const TABLES: NonNullable<Case["tables"]> = {
  "unix:passwd.byname": Object.fromEntries(
    ["root", "daemon", "nobody", "postfix", "alice", "bob", "carol"].map((user) => [user, "x"]),
  ),
  "hash:/etc/aliases": { postmaster: "root", webmaster: "root", abuse: "root", info: "alice" },
  "nis:mail.aliases": {},
};

/** The only lines of the conformance tests that know how a case is evaluated. */
export function evaluateCase(asked: object): Answer {
  const given = caseFrom({ policy: [], ...asked, tables: TABLES });
  if (typeof given === "string") throw new Error(given);
  // A case that names no release is of the one that most recordings are of.
  const { postfixVersion: release = "3.7" } = given;
  if (!isRelease(release)) throw new Error(`unknown Postfix release "${release}"`);
  const project = projectOfCase(given, release);
  const service = findService(project, given.service);
  if (!service) throw new Error("master.cf has no such service");
  return report(project, explore(makeConfiguration(project, service), given.message, knownWorld(given)), "no trace");
}
