import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { NOT_FOUND } from "../config/table.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { hasName } from "./hasName.ts";

/** smtpd puts one line of this kind in front of every message. */
const RECEIVED = "Received: from mail.example.com";
const SOME_LINE = "text";

/**
 * What is wrong with every message, whatever stands in it: the limit of hops that the line of this server reaches, or tables
 * of header_checks and body_checks that do not work. See cleanup_message.c, cleanup_header_callback() and
 * cleanup_body_callback(). Cleanup knows main.cf, but not the `-o` of the SMTP server.
 */
export const contentComplaint = derived((configuration: Configuration): string | undefined => {
  const parameters = mainParameters(configuration.project);
  if (Number(parameters.value("hopcount_limit")) === 1) return "554 5.4.0 Error: too many hops";
  if (hasName(configuration.parameters, "receive_override_options", "no_header_body_checks")) return undefined;
  const isBroken = (name: string, line: string): boolean => {
    for (const { text } of splitWords(parameters.value(name))) {
      const { kind } = configuration.table(text).lookup(line, () => NOT_FOUND);
      if (kind !== "not found") return kind === "error";
    }
    return false;
  };
  const broken = isBroken("header_checks", RECEIVED) || isBroken("body_checks", SOME_LINE);
  return broken ? "451 4.3.0 Error: queue file write error" : undefined;
});
