import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { listReader } from "../evaluate/readList.ts";
import { derived } from "../text/derived.ts";
import { isPublicSuffix } from "./outsiders.ts";

const LISTS = ["mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains"];

/** How many domains of each list stand for all: they are told apart by tables that name them. */
const OF_EACH = 3;

/**
 * Domains for which this server takes mail, a few of each class; a public suffix is nobody's. Address resolution knows
 * main.cf only.
 */
export const ownDomains = derived((configuration: Configuration): readonly string[] => {
  const shared = mainParameters(configuration.project);
  const read = listReader(configuration);
  return LISTS.flatMap((name) => {
    const { elements } = read(shared, name);
    const patterns = elements.flatMap(({ matcher }) => (matcher.kind === "pattern" ? [matcher.folded] : []));
    const names = patterns
      .map((pattern) => pattern.replace(/^\./, "x."))
      .filter((pattern) => /^[\w.-]+$/.test(pattern) && !isPublicSuffix(pattern));
    return names.slice(0, OF_EACH);
  });
});
