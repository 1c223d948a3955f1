import type { Configuration } from "../config/configuration.ts";
import { hostAddresses } from "../config/hostAddresses.ts";
import type { Parameters } from "../config/parameters.ts";
import { CONFIG_DIRECTORY } from "../config/project.ts";
import { splitNames } from "../syntax/words.ts";
import { originOf } from "./origin.ts";
import { canonical } from "./ownAddresses.ts";
import { badSettingOf, type Fatal } from "./fatal.ts";

/** The first of the settings that contradict each other or the machine. See mail_params.c, mail_params_init(). */
export function badSetting(configuration: Configuration): Fatal | undefined {
  const { parameters } = configuration;
  return (
    badOwner(configuration) ??
    badRelayhost(parameters) ??
    badOrigin(configuration) ??
    foreignInterface(configuration) ??
    badVerpDelimiters(parameters)
  );
}

/** See check_default_privs(), check_mail_owner(), check_sgid_group() and check_overlap(). */
function badOwner({ parameters, project }: Configuration): Fatal | undefined {
  const said = (name: string, what: string): Fatal =>
    badSettingOf(name, `file ${CONFIG_DIRECTORY}/main.cf: parameter ${name}: ${what}`);
  const { users } = project.machine;
  for (const name of OWNERS.filter((one) => parameters.written(one) !== undefined)) {
    const user = parameters.value(name);
    if (users && !users.includes(user)) return said(name, `unknown user name value: ${user}`);
    if (user === "root") return said(name, `user ${user} has privileged user ID`);
  }
  if (parameters.value(GROUP) === "root") return said(GROUP, "group root has privileged group ID");
  const [privileges, owner] = OWNERS.map((name) => parameters.value(name));
  if (privileges === undefined || privileges !== owner) return undefined;
  const what = `parameters default_privs and mail_owner specify the same user ${owner}`;
  return badSettingOf("default_privs", `file ${CONFIG_DIRECTORY}/main.cf: ${what}`);
}

const OWNERS = ["default_privs", "mail_owner"] as const;
const GROUP = "setgid_group";

function badRelayhost(parameters: Parameters): Fatal | undefined {
  const name = parameters.value("myhostname");
  if (name.toLowerCase() !== parameters.value("relayhost").toLowerCase()) return undefined;
  return badSettingOf("relayhost", `myhostname and relayhost parameter settings must not be identical: ${name}`);
}

function badOrigin({ parameters, project }: Configuration): Fatal | undefined {
  const { name: origin, complaint } = originOf(project, parameters);
  if (complaint !== undefined) return badSettingOf("myorigin", complaint);
  if (!/[,\s]/.test(origin)) return undefined;
  return badSettingOf("myorigin", `myorigin parameter setting must not contain multiple values: ${origin}`);
}

/**
 * A host that is not found, or an address that is none of this machine's. Only where the machine is known: a directory may be a copy.
 * See own_inet_addr.c, own_inet_addr_init().
 */
function foreignInterface({ parameters, project }: Configuration): Fatal | undefined {
  const setting = parameters.value("inet_interfaces");
  if (!project.closed || setting === "all" || setting === "loopback-only") return undefined;
  const own = project.machine.interfaces.map((entry) => canonical(entry.split("/")[0] ?? ""));
  const hosts = splitNames(setting).map(({ text }) => ({ text, addresses: hostAddresses(text, project.machine) }));
  const missing = hosts.find(({ addresses }) => addresses?.length === 0);
  if (missing)
    return badSettingOf("inet_interfaces", `config variable inet_interfaces: host not found: ${missing.text}`);
  const foreign = hosts.flatMap(({ addresses }) => addresses ?? []).find((address) => !own.includes(address));
  if (foreign === undefined) return undefined;
  return badSettingOf("inet_interfaces", `parameter inet_interfaces: no local interface found for ${foreign}`);
}

/** See verp_sender.c, verp_delims_verify(). */
function badVerpDelimiters(parameters: Parameters): Fatal | undefined {
  const [delimiters, filter] = [parameters.value("default_verp_delimiters"), parameters.value("verp_delimiter_filter")];
  const wrong = ["first", "second"].find((_, at) => !filter.includes(delimiters[at] ?? "-"));
  const complaint =
    delimiters.length === 2 ? wrong && `bad ${wrong} VERP delimiter character` : "bad VERP delimiter character count";
  if (complaint === undefined) return undefined;
  const where = `file ${CONFIG_DIRECTORY}/main.cf: parameters default_verp_delimiters and verp_delimiter_filter`;
  return badSettingOf("default_verp_delimiters", `${where}: ${complaint}`);
}
