import type { Configuration } from "../config/configuration.ts";
import { listWords, type ListWord } from "../config/listWord.ts";
import { NOT_FOUND } from "../config/table.ts";
import { compareReleases } from "../postfix/release.ts";
import { derived } from "../text/derived.ts";
import { openMap } from "./openMaps.ts";
import type { Performed } from "./performed.ts";
import { log, warn } from "./refuse.ts";
import type { Run } from "./run.ts";

type Answer = "listed" | "not listed" | "RETRY" | "BROKEN" | "dies";

const COMPLAINTS = {
  RETRY: "451 4.3.0 Temporary lookup error",
  BROKEN: "451 4.3.5 Server configuration error",
  dies: "451 4.3.5 Server configuration error",
} as const;

interface Request {
  readonly word: ListWord;
  /** "nothing": smtpd dies of what stands where a table belongs. */
  readonly kind: "table" | "check" | "nothing";
}

/** A table stands behind check_address_map or alone. */
const requestsOf = derived(({ parameters }: Configuration): readonly Request[] => {
  const words = listWords(parameters.expanded("local_header_rewrite_clients"));
  const isNamed = (at: number): boolean => words[at]?.text.toLowerCase() === "check_address_map";
  return words.flatMap((word, at) => {
    if (isNamed(at) && at + 1 < words.length) return [];
    const isTable = word.text.includes(":");
    return [{ word, kind: isTable ? "table" : isNamed(at) || isNamed(at - 1) ? "nothing" : "check" }];
  });
});

/**
 * Refuses a sender when smtpd cannot find out whether the headers of this client are to be rewritten; undefined: it can.
 * See smtpd_check.c, smtpd_check_rewrite().
 */
export function askRewriteClients(run: Run): Performed | undefined {
  for (const { word, kind } of requestsOf(run.configuration)) {
    const answer = kind === "nothing" ? "dies" : kind === "table" ? inTable(run, word.text) : checked(run, word.text);
    if (answer === "listed") return undefined;
    if (answer === "not listed") continue;
    const raw = COMPLAINTS[answer];
    log(run, "reject", raw);
    // It jumps to where another check has long returned from; in 3.12, that happens to do no harm.
    if (answer === "dies" && compareReleases(run.configuration.parameters.release, "3.12") < 0) run.hangUp = true;
    const because = { kind: "fact", text: "it could not be looked up whether the client is listed" } as const;
    const asked = `local_header_rewrite_clients ${word.text}`;
    return { raw, steps: [{ asked, outcome: "DEFER", because, at: word.at, children: [] }] };
  }
  return undefined;
}

function checked(run: Run, word: string): Answer {
  const check = CHECKS[word.toLowerCase()];
  if (check) return check(run);
  warn(run, `parameter local_header_rewrite_clients: invalid request: ${word}`);
  return "not listed";
}

const CHECKS: Readonly<Partial<Record<string, (run: Run) => Answer>>> = {
  permit_inet_interfaces: ({ settings, client }) => listed(settings.isOwnAddress(client.address)),
  permit_mynetworks: ({ settings, client, ask }) => {
    const { match, error } = settings.matchMynetworks(client, ask.client);
    return error ? "RETRY" : listed(match);
  },
  permit_sasl_authenticated: ({ settings, login }) => listed(settings.saslEnabled && login !== undefined),
  // What a certificate permits ends the list, and only what stands behind it could fail.
  permit_tls_clientcerts: () => "not listed",
  permit_tls_all_clientcerts: () => "not listed",
};

function listed(isOne: boolean): Answer {
  return isOne ? "listed" : "not listed";
}

/** See maps.c, maps_find(): an empty value is an error. */
function inTable({ configuration, client, ask }: Run, reference: string): Answer {
  const result = openMap(configuration, reference)?.lookup(client.address, ask.client) ?? NOT_FOUND;
  if (result.kind === "error") return "RETRY";
  if (result.kind === "not found") return "not listed";
  return result.value === "" ? "BROKEN" : "listed";
}
