import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { isReachable } from "../relay/reachable.ts";
import { addOption } from "./addOption.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";
import { setHere } from "./setHere.ts";

export const filterLoop: Rule = {
  code: "filter-loop",
  severity: "warning",
  summary: "Mail that a content filter gives back goes to the content filter again",
  why:
    "`content_filter` in main.cf holds for every service, the one on the loopback interface, too, through which the filter gives its mail back. Without `-o content_filter=` there the mail goes round until it has too many `Received:` headers (`hopcount_limit`) and is returned. " +
    "Each service that only this machine can reach, on a port of its own, is taken for such a one. See FILTER_README, “Advanced content filter”, and cleanup_envelope.c, cleanup_envelope_process().",
  manual: "https://www.postfix.org/FILTER_README.html#advanced_filter",
  bad: `
content_filter = scan:[127.0.0.1]:10024
#- master.cf
smtp            inet n - n - -  smtpd
scan            unix - - n - 10 smtp
127.0.0.1:10025 inet n - n - 10 smtpd
#<------------- \`content_filter\` holds here, too: what the filter gives back goes to it again, until the mail is returned
`,
  good: `
content_filter = scan:[127.0.0.1]:10024
#- master.cf
smtp            inet n - n - -  smtpd
scan            unix - - n - 10 smtp
127.0.0.1:10025 inet n - n - 10 smtpd
    -o content_filter=
`,
  check: (context) => perService(context, find),
};

const NAME = "content_filter";

function* find(configuration: Configuration): Generator<Finding> {
  const { project, service, parameters } = configuration;
  const { entry, name } = service;
  const column = entry?.columns[0];
  const filter = parameters.value(NAME);
  if (!entry || !column || filter === "" || filter !== mainParameters(project).value(NAME)) return;
  if (!OWN_PORT.test(name) || isReachable(configuration)) return;
  const at = { file: "master.cf", span: column.span };
  const message = `\`${NAME}\` holds here, too: what the filter gives back goes to it again, until the mail is returned`;
  const edits = [addOption(entry, `${NAME}=`)];
  const fix = { title: `Leave \`${NAME}\` out for this service`, edits: [{ file: "master.cf", edits }] };
  yield { at, message, related: setHere(parameters.written(NAME)), fix };
}

/** An address, and a port that is none of those for mail. */
const OWN_PORT = /:(?!(?:25|465|587|smtp|smtps|submissions?)$)[^:]+$/;
