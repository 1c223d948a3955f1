import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { NOT_FOUND } from "../config/table.ts";
import { unescape } from "../syntax/unescape.ts";
import { derived } from "../text/derived.ts";
import { hasName } from "./hasName.ts";
import { openMaps } from "./openMaps.ts";

/** smtpd puts one line of this kind in front of every message. */
const RECEIVED = "Received: from mail.example.com";
const SOME_LINE = "text";
/** Stands in that line, whatever the client and the server are called. See smtpd.c, common_pre_message_handling(). */
const ALWAYS_SENT = "Received: by ( ) with id ; , +";

/**
 * What is wrong with every message, whatever stands in it: the limit of hops that the line of this server reaches,
 * characters that are not wanted and stand in that line, or tables header_checks and body_checks that do not work. Cleanup
 * knows main.cf, but not the `-o` of the SMTP server. See cleanup_message.c, cleanup_header_callback(),
 * cleanup_body_callback() and cleanup_message_headerbody().
 */
export const contentComplaint = derived((configuration: Configuration): string | undefined => {
  const parameters = mainParameters(configuration.project);
  if (Number(parameters.value("hopcount_limit")) === 1) return "554 5.4.0 Error: too many hops";
  if (hasName(configuration.parameters, "receive_override_options", "no_header_body_checks")) return undefined;
  const unwanted = unescape(parameters.value("message_reject_characters"));
  if ([...ALWAYS_SENT].some((one) => unwanted.includes(one))) return "550 5.7.1 disallowed character";
  const isBroken = (name: string, line: string): boolean => {
    for (const table of openMaps(configuration, parameters.value(name))) {
      const { kind } = table.lookup(line, () => NOT_FOUND);
      if (kind !== "not found") return kind === "error";
    }
    return false;
  };
  const broken = isBroken("header_checks", RECEIVED) || isBroken("body_checks", SOME_LINE);
  return broken ? "451 4.3.0 Error: queue file write error" : undefined;
});
