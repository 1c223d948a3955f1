import type { Configuration } from "../config/configuration.ts";
import { placeOf } from "../config/listWord.ts";
import { matchList } from "../config/matchList.ts";
import { NOT_FOUND } from "../config/table.ts";
import { listReader } from "../evaluate/readList.ts";
import { strangersNames } from "../relay/candidates.ts";
import { isReachable } from "../relay/reachable.ts";
import type { Location } from "../text/location.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const xclientFromStrangers: Rule = {
  code: "xclient-from-strangers",
  severity: "error",
  summary: "A stranger may say who he is, and the server believes it",
  why:
    "Whom `smtpd_authorized_xclient_hosts` lists may send `XCLIENT ADDR=127.0.0.1` or `LOGIN=user`, and every restriction then takes him for that client or user: he relays as `permit_mynetworks` and `permit_sasl_authenticated` let him. " +
    "Whom `smtpd_authorized_xforward_hosts` lists writes the client that the log names; no restriction looks at that. " +
    "With `smtpd_upstream_proxy_protocol`, the client's address is what the first line of the connection says, whoever sends it: only the load balancer may reach such a port. " +
    "Whether a stranger may relay is answered for clients that say none of this. See smtpd.c, xclient_cmd() and xforward_cmd(); smtpd_haproxy.c, smtpd_peer_from_haproxy().",
  manual: "https://www.postfix.org/XCLIENT_README.html",
  bad: `
smtpd_authorized_xclient_hosts = 127.0.0.1, 0.0.0.0/0
#                                           ^^^^^^^^^ Strangers may use XCLIENT: whoever says \`ADDR=127.0.0.1\` is a client in mynetworks, whoever says \`LOGIN=user\` is logged in
smtpd_authorized_xforward_hosts = 192.0.2.0/24, .com
#                                               ^^^^ Strangers may use XFORWARD: they write which client the log names
smtpd_upstream_proxy_protocol = haproxy
#                               ^^^^^^^ Whoever can connect to this port says which address he has: leave it to the load balancer alone
`,
  good: `
smtpd_authorized_xclient_hosts = 127.0.0.1, 192.0.2.7
smtpd_authorized_xforward_hosts = $mynetworks
mynetworks = 127.0.0.0/8, 192.0.2.0/24
`,
  check: (context) => perService(context, findBelieved),
};

function* findBelieved(configuration: Configuration): Generator<Finding> {
  if (!isReachable(configuration)) return;
  const xclient = strangersIn(configuration, "smtpd_authorized_xclient_hosts");
  if (xclient) {
    const message =
      "Strangers may use XCLIENT: whoever says `ADDR=127.0.0.1` is a client in mynetworks, whoever says `LOGIN=user` is logged in";
    yield { at: xclient, message };
  }
  const xforward = strangersIn(configuration, "smtpd_authorized_xforward_hosts");
  if (xforward) {
    const message = "Strangers may use XFORWARD: they write which client the log names";
    yield { at: xforward, message, severity: "warning" };
  }
  yield* believedProxies(configuration);
}

/** Which server reads the line depends on the service. See smtpd.c, smtpd_service(), and postscreen_endpt.c. */
function* believedProxies({ parameters, service }: Configuration): Generator<Finding> {
  const isBehindPostscreen = service.entry?.columns[1]?.text === "pass";
  const name = isBehindPostscreen ? "postscreen_upstream_proxy_protocol" : "smtpd_upstream_proxy_protocol";
  const { length } = parameters.value(name);
  const at = length === 0 ? undefined : placeOf(parameters.expanded(name), 0, length).at;
  if (!at) return;
  const message = "Whoever can connect to this port says which address he has: leave it to the load balancer alone";
  yield { at, message, severity: "info" };
}

/** The word of a list of clients that names a stranger. */
function strangersIn(configuration: Configuration, parameter: string): Location | undefined {
  const { parameters } = configuration;
  const list = listReader(configuration)(parameters, parameter);
  if (list.elements.length === 0) return undefined;
  const words = list.elements.flatMap(({ matcher }) => (matcher.kind === "pattern" ? [matcher.folded] : []));
  for (const [name, address] of strangersNames(configuration, words)) {
    const { match, by } = matchList(list, [name, address], () => NOT_FOUND);
    const at = match && by ? placeOf(parameters.expanded(parameter), by.span.start, by.span.end).at : undefined;
    if (at) return at;
  }
  return undefined;
}
