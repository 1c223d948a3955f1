import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Case } from "./case.ts";
import { masterCfFor, serviceOptions } from "./masterCf.ts";
import { writeOld } from "./oldFile.ts";
import { compileTables } from "./tables.ts";
import { CONFIG_DIRECTORY, pathOf } from "./unsupported.ts";

/** What a Debian package puts there, and the daemons need. */
const OF_THE_PACKAGE = new Set(["dynamicmaps.cf", "dynamicmaps.cf.d", "sasl", "postfix-files", "makedefs.out"]);

/** None of these has a say in a restriction list: no limits, no sleeping, no notices, and our own password server. */
const HARMLESS = {
  smtpd_client_connection_count_limit: "0",
  smtpd_error_sleep_time: "0",
  smtpd_sasl_type: "dovecot",
  smtpd_sasl_path: "private/auth",
  notify_classes: "",
};

/** Writes the configuration of a case, main.cf untouched, and returns what removes its files outside /etc/postfix. */
export function writeConfig(asked: Case, world: string): () => void {
  clearConfig();
  const { "master.cf": itsOwn, ...files } = asked.files;
  for (const [name, text] of Object.entries(files)) writeOld(pathOf(name), text);
  const listen = ["127.0.0.1:25", ...(asked.message.client_address.includes(":") ? ["[::1]:25"] : [])];
  const options = `${serviceOptions(itsOwn, asked.service) ?? ""} ${ourOptions(asked, world)}`;
  writeOld(path.join(CONFIG_DIRECTORY, "master.cf"), masterCfFor({ options, listen }));
  compileTables(asked, world);
  const outside = Object.keys(files).filter((name) => !pathOf(name).startsWith(`${CONFIG_DIRECTORY}/`));
  return () => {
    for (const name of outside) for (const suffix of ["", ".db"]) rmSync(pathOf(name) + suffix, { force: true });
  };
}

export function clearConfig(): void {
  empty(CONFIG_DIRECTORY, OF_THE_PACKAGE);
}

export function empty(directory: string, except: ReadonlySet<string> = new Set()): void {
  for (const name of readdirSync(directory)) {
    if (!except.has(name)) rmSync(path.join(directory, name), { recursive: true, force: true });
  }
}

function ourOptions({ message }: Case, world: string): string {
  // A service that speaks TLS at once is asked with STARTTLS; for the restrictions a session is encrypted or it is not.
  const options: Record<string, string> = { ...HARMLESS, smtpd_tls_wrappermode: "no" };
  if (message.encrypted === true) {
    const pem = certificate(world);
    Object.assign(options, { smtpd_tls_security_level: "may", smtpd_tls_cert_file: pem, smtpd_tls_key_file: pem });
  }
  return Object.entries(options)
    .map(([name, value]) => `-o {${name} = ${value}}`)
    .join(" ");
}

let pem: string | undefined;

/** Self-signed, made once per worker and only when a message comes encrypted. */
function certificate(world: string): string {
  if (pem !== undefined) return pem;
  const file = path.join(world, "certificate.pem");
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=postfix-mailflow", "-days", "9"];
  execFileSync("openssl", [...request, "-keyout", file, "-out", `${file}.x509`], { stdio: "ignore" });
  execFileSync("sh", ["-c", 'cat "$1.x509" >> "$1" && chmod 600 "$1"', "sh", file]);
  pem = file;
  return pem;
}
