import type { Configuration } from "../config/configuration.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const networksStyle: Rule = {
  code: "networks-style-ignored",
  severity: "hint",
  summary: "mynetworks_style is set where mynetworks says which clients are trusted",
  why: "Only the default of `mynetworks` is made from `mynetworks_style`. Once `mynetworks` is set, the style says nothing, whatever it is. See postconf(5), `mynetworks_style`.",
  manual: "https://www.postfix.org/postconf.5.html#mynetworks_style",
  bad: `
mynetworks = 127.0.0.0/8, 192.0.2.0/24
mynetworks_style = class
#<-------------- \`mynetworks_style\` has no effect, for \`mynetworks\` is set
`,
  good: `
mynetworks_style = host
`,
  // What one service has no use for, another may have.
  check: (context) => perService(context, inConfiguration).filter(({ service }) => service === undefined),
};

function* inConfiguration({ parameters }: Configuration): Generator<Finding> {
  const at = parameters.written("mynetworks_style")?.nameAt;
  if (!at || !parameters.written("mynetworks")) return;
  yield { at, message: "`mynetworks_style` has no effect, for `mynetworks` is set", unnecessary: true };
}
