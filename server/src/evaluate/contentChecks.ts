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
/** Stands in that line, whoever the client is. See smtpd.c, common_pre_message_handling(). */
const ALWAYS_SENT = "Received: by ( ) with id ; , + 20";
/** The name of the header, without which cleanup takes no message. See cleanup_message.c, cleanup_header_done_callback(). */
const HEADER_NAME = "Received:";

/**
 * What is wrong with every message, whatever stands in it: characters of the line of this server that are not wanted, the
 * limit of hops that this line reaches, or tables of header_checks and body_checks that do not work. See cleanup_message.c,
 * cleanup_message_headerbody(), cleanup_header_callback() and cleanup_body_callback(). Cleanup knows main.cf, but not the
 * `-o` of the SMTP server.
 */
export const contentComplaint = derived((configuration: Configuration): string | undefined => {
  const isFiltered = !hasName(configuration.parameters, "receive_override_options", "no_header_body_checks");
  const hops = Number(mainParameters(configuration.project).value("hopcount_limit"));
  return (
    (isFiltered ? unwantedCharacter(configuration) : undefined) ??
    (hops === 1 ? "554 5.4.0 Error: too many hops" : undefined) ??
    (isFiltered ? brokenTable(configuration) : undefined)
  );
});

function unwantedCharacter({ parameters, project }: Configuration): string | undefined {
  const among = (name: string, text: string): boolean => {
    const characters = unescape(mainParameters(project).value(name));
    return Array.from(text).some((one) => characters.includes(one));
  };
  const sent = [ALWAYS_SENT, parameters.value("myhostname"), parameters.value("mail_name")].join("");
  if (among("message_reject_characters", sent)) return "550 5.7.1 disallowed character";
  return among("message_strip_characters", HEADER_NAME) ? "451 4.3.0 Error: internal error 1" : undefined;
}

function brokenTable(configuration: Configuration): string | undefined {
  const parameters = mainParameters(configuration.project);
  const isBroken = (name: string, line: string): boolean => {
    for (const table of openMaps(configuration, parameters.value(name))) {
      const { kind } = table.lookup(line, () => NOT_FOUND);
      if (kind !== "not found") return kind === "error";
    }
    return false;
  };
  const broken = isBroken("header_checks", RECEIVED) || isBroken("body_checks", SOME_LINE);
  return broken ? "451 4.3.0 Error: queue file write error" : undefined;
}
