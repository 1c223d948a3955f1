import type { Configuration } from "../config/configuration.ts";
import { listWords } from "../config/listWord.ts";
import { relayAnalysis } from "../relay/relayAnalysis.ts";
import type { Location } from "../text/location.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const wideNetwork: Rule = {
  code: "wide-network",
  slow: true,
  severity: "info",
  summary: "mynetworks trusts more clients than most servers know",
  why:
    "Whoever is in `mynetworks` may relay wherever `permit_mynetworks` stands. Behind Docker or another NAT, clients from outside appear with the address of a gateway in a private block, and a whole block trusts them all. That everybody may relay, `open-relay` says; where no list permits by `mynetworks`, `0.0.0.0/0` in it still takes the limits off everybody (`smtpd_client_event_limit_exceptions`), and lets everybody past postscreen(8). " +
    "`mynetworks_style = subnet` or `class` trusts the neighbours in the data centre. See postconf(5), `mynetworks` and `mynetworks_style`.",
  manual: "https://www.postfix.org/postconf.5.html#mynetworks",
  bad: `
mynetworks = 127.0.0.0/8, 172.16.0.0/12
#                         ^^^^^^^^^^^^^ \`172.16.0.0/12\` is a whole private block: behind Docker or NAT, clients from outside may come with an address of it
`,
  good: `
mynetworks = 127.0.0.0/8, 172.17.0.1, 192.0.2.0/24
`,
  *check(context) {
    yield* perService(context, inMynetworks);
    yield* perService(context, style);
  },
};

const PRIVATE_BLOCKS: ReadonlySet<string> = new Set(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]);

const EVERYBODY = /^(?:0\.0\.0\.0|\[::\])\/0$/;

/** Whether `open-relay` tells of it. */
function isBlamed(configuration: Configuration, { file, span }: Location): boolean {
  return relayAnalysis(configuration).witnesses.some(
    ({ blame: { at } }) => at?.file === file && at.span.start === span.start,
  );
}

function* inMynetworks(configuration: Configuration): Generator<Finding> {
  const { parameters } = configuration;
  if (!parameters.written("mynetworks")) return;
  for (const { text, at } of listWords(parameters.expanded("mynetworks"))) {
    if (!at) continue;
    if (EVERYBODY.test(text) && !isBlamed(configuration, at)) {
      const message = `\`${text}\` makes everybody a client of this server's own: no limits of clients and no tests of postscreen, and relaying as soon as a list permits by \`mynetworks\``;
      yield { at, message, severity: "warning" };
    }
    if (PRIVATE_BLOCKS.has(text)) {
      const danger = "behind Docker or NAT, clients from outside may come with an address of it";
      yield { at, message: `\`${text}\` is a whole private block: ${danger}` };
    }
  }
}

function* style({ parameters }: Configuration): Generator<Finding> {
  const written = parameters.written("mynetworks_style");
  const at = written?.nameAt;
  if (!at) return;
  const value = parameters.value("mynetworks_style");
  if (!parameters.written("mynetworks") && (value === "subnet" || value === "class")) {
    yield { at, message: `All hosts in the ${value} of this one may relay wherever \`permit_mynetworks\` stands` };
  }
}
