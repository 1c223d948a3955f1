import { CLIENT_TYPES, clientParameterNames, isClientType, type ClientType } from "../postfix/clientParameters.ts";
import { derived } from "../text/derived.ts";
import type { Project } from "./project.ts";

/** A setting that a database table has in main.cf. */
interface ClientSettingName {
  readonly type: ClientType;
  /** `accounts` in `accounts_query`. */
  readonly client: string;
  /** `query`. */
  readonly setting: string;
}

/** What a name such as `accounts_query` means while something names `mysql:accounts`. */
export function clientSettingNamed(project: Project, name: string): ClientSettingName | undefined {
  return clientSettingNames(project).get(name);
}

/** The settings that the database tables of the project may have in main.cf, by their names there. */
export const clientSettingNames = derived((project: Project): ReadonlyMap<string, ClientSettingName> => {
  const names = new Map<string, ClientSettingName>();
  for (const { type, client } of databaseClients(project)) {
    for (const setting of clientParameterNames(type)) names.set(`${client}_${setting}`, { type, client, setting });
  }
  return names;
});

/**
 * `ldap:accounts` has its settings in main.cf: `accounts_server_host`. What stands in a comment counts, too: it may be
 * meant to be used. See postconf_dbms.c, pcf_register_dbms_helper().
 */
export const databaseClients = derived((project: Project): readonly Omit<ClientSettingName, "setting">[] => {
  const found = new Map<string, Omit<ClientSettingName, "setting">>();
  for (const text of [project.mainCf?.text ?? "", project.masterCf?.text ?? ""]) {
    for (const [, type = "", client = ""] of text.matchAll(CLIENT)) {
      if (isClientType(type)) found.set(`${type}:${client}`, { type, client });
    }
  }
  return [...found.values()];
});

/** Found by the colon: there are few of them. */
const CLIENT = new RegExp(`:(?<=\\b(${CLIENT_TYPES.join("|")}):)([A-Za-z0-9_]+)(?![\\w/.])`, "g");
