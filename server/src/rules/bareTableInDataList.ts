import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { STAGES } from "../postfix/stages.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import type { Place } from "./places.ts";
import type { Rule } from "./rule.ts";
import { stagesOf } from "./stagesOf.ts";

export const bareTableInDataList: Rule = {
  code: "bare-table-in-data-list",
  severity: "error",
  summary: "A table without its check stands in a list of the DATA command",
  why:
    "In the client, HELO, sender, relay, recipient and ETRN lists `type:name` alone means the `check_*_access` of that list. " +
    "In `smtpd_data_restrictions` and `smtpd_end_of_data_restrictions` there is no such check: `451 4.3.5 Server configuration error`, and the log says “specify one of (check_client_access, …)”. See smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_data_restrictions",
  bad: `
smtpd_restriction_classes = late
late = cidr:/etc/postfix/networks
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^ \`cidr:/etc/postfix/networks\` does not say what is looked up: with smtpd_end_of_data_restrictions whoever gets here is told 451 4.3.5 Server configuration error
smtpd_data_restrictions = hash:/etc/postfix/senders
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^ \`hash:/etc/postfix/senders\` does not say what is looked up: with smtpd_data_restrictions whoever gets here is told 451 4.3.5 Server configuration error
smtpd_end_of_data_restrictions = late
#- networks
192.0.2.0/24 DUNNO
#- senders
example.com DUNNO
`,
  good: `
smtpd_restriction_classes = early
early = cidr:/etc/postfix/networks
smtpd_client_restrictions = early
smtpd_data_restrictions = check_sender_access hash:/etc/postfix/senders
#- networks
192.0.2.0/24 DUNNO
#- senders
example.com DUNNO
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachItem(configuration, (item, _index, place) => problemOf(configuration, item, place)),
    ),
};

function* problemOf(configuration: Configuration, { meaning, word }: ListItem, place: Place): Generator<ItemProblem> {
  if (meaning.kind !== "table" || place.kind === "entry") return;
  const stages = stagesOf(configuration, place);
  const without = STAGES.filter(({ stage, bareTable }) => stages.has(stage) && bareTable === undefined);
  const [first] = without;
  if (!first) return;
  const consequence = "whoever gets here is told 451 4.3.5 Server configuration error";
  const message = `\`${word.text}\` does not say what is looked up: with ${first.parameter} ${consequence}`;
  yield { words: [word], message };
}
