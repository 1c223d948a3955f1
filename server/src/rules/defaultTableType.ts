import type { Configuration } from "../config/configuration.ts";
import { mapTypeNamed } from "../postfix/mapTypes.ts";

/** The type of table that this server builds: what main.cf says, else the one that Postfix has had for long. */
export function defaultTableType({ parameters }: Configuration): string {
  const written = parameters.written("default_database_type") && parameters.value("default_database_type");
  return (written === undefined ? undefined : mapTypeNamed(written)) ?? "hash";
}
