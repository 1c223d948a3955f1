import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import type { Place } from "./places.ts";
import { isReachable } from "../relay/reachable.ts";
import { replaceText } from "./replaceText.ts";
import type { Rule } from "./rule.ts";

export const strictClientName: Rule = {
  code: "strict-client-name",
  severity: "info",
  summary: "Clients are refused whose name does not lead back to their address",
  why:
    "`reject_unknown_client_hostname` asks for an address that has a name, and for a name that has that address. Many legitimate servers fail the second part, or fail for an hour when their DNS does; they are told `450 4.7.25` and try for days. " +
    "`reject_unknown_reverse_client_hostname` asks for the name only. See postconf(5).",
  manual: "https://www.postfix.org/postconf.5.html#reject_unknown_client_hostname",
  bad: `
smtpd_client_restrictions = permit_mynetworks, reject_unknown_client_hostname
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unknown_client_hostname\` refuses legitimate servers, too, whose name does not lead back to their address; \`reject_unknown_reverse_client_hostname\` is content with a name
`,
  good: `
smtpd_client_restrictions = permit_mynetworks, reject_unknown_reverse_client_hostname
smtpd_sender_restrictions = warn_if_reject reject_unknown_client_hostname
`,
  check: (context) =>
    perService(context, (configuration) =>
      isReachable(configuration)
        ? eachItem(configuration, (item, index, place) => problemOf(configuration, { item, index, place }))
        : [],
    ),
};

const MILDER = "reject_unknown_reverse_client_hostname";

interface Found {
  readonly item: ListItem;
  readonly index: number;
  readonly place: Place;
}

/** In a class or a table somebody has chosen whom to ask. */
function* problemOf({ project }: Configuration, { item, index, place }: Found): Generator<ItemProblem> {
  const { meaning, word } = item;
  if (place.kind !== "stage" || meaning.kind !== "restriction") return;
  if (meaning.name !== "reject_unknown_client_hostname" && meaning.name !== "reject_unknown_client") return;
  const before = place.list.items[index - 1]?.meaning;
  if (before?.kind === "restriction" && before.name === "warn_if_reject") return;
  const refuses = `\`${word.text}\` refuses legitimate servers, too, whose name does not lead back to their address`;
  yield {
    words: [word],
    message: `${refuses}; \`${MILDER}\` is content with a name`,
    fix: (at) => replaceText(project, at, word.text, { instead: MILDER }),
  };
}
