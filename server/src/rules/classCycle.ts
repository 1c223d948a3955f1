import { accessMapIn } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { derived } from "../text/derived.ts";
import { reachedItems } from "./items.ts";
import { perService } from "./perService.ts";
import { placesOf } from "./places.ts";
import type { Finding, Rule } from "./rule.ts";

export const classCycle: Rule = {
  code: "class-cycle",
  severity: "error",
  summary: "A restriction class contains itself",
  why:
    "smtpd follows a class into the classes that it names without a limit: it runs out of stack and is killed by signal 11, when it starts if the relay or recipient list leads there, otherwise when a client gets there. " +
    "Where an access map is part of the ring, it gives up after 100 levels: “causes unreasonable recursion”, `451 4.3.5 Server configuration error`. See smtpd_check.c, has_required(), generic_checks() and check_table_result().",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_restriction_classes = one, two, three
one = permit_mynetworks, two
#                        ^^^ \`one\` contains itself (one → two → one): smtpd is killed by signal 11 when it gets there
two = reject_unknown_client_hostname, one
three = check_client_access hash:/etc/postfix/clients
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^ \`three\` leads back to itself (three → hash:/etc/postfix/clients → three): whoever goes round is told 451 4.3.5 Server configuration error
smtpd_client_restrictions = three
smtpd_sender_restrictions = one
#- clients
192.0.2 three
`,
  good: `
smtpd_restriction_classes = one, two, three
one = permit_mynetworks, two
two = reject_unknown_client_hostname
three = check_sender_access hash:/etc/postfix/senders
smtpd_client_restrictions = three, one
#- senders
example.com two
`,
  check: (context) => perService(context, findCycles),
};

/** A class to which another one leads, and how. */
interface Edge {
  readonly item: ListItem;
  /** The classes behind the item: itself, or those that its table names. */
  readonly to: readonly string[];
  readonly table: string | undefined;
}

const edgesOf = derived((configuration: Configuration): ReadonlyMap<string, readonly Edge[]> => {
  const inTable = new Map<string, Set<string>>();
  for (const place of placesOf(configuration)) {
    if (place.kind !== "entry") continue;
    const names = inTable.get(place.map.reference) ?? new Set();
    inTable.set(place.map.reference, names);
    for (const { item } of reachedItems(configuration, place)) {
      if (item.meaning.kind === "class") names.add(item.meaning.name);
    }
  }
  const edges = new Map<string, readonly Edge[]>();
  for (const place of placesOf(configuration)) {
    if (place.kind !== "class") continue;
    const found = reachedItems(configuration, place).map(({ item }): Edge => {
      if (item.meaning.kind === "class") return { item, to: [item.meaning.name], table: undefined };
      const table = accessMapIn(item)?.reference;
      return { item, to: table === undefined ? [] : [...(inTable.get(table) ?? [])], table };
    });
    edges.set(place.list.name, found);
  }
  return edges;
});

/** Each ring once, at its class that is declared first. */
function* findCycles(configuration: Configuration): Generator<Finding> {
  const seen = new Set<string>();
  for (const name of leadingToRings(edgesOf(configuration))) {
    const ring = ringThrough(configuration, name);
    const [first] = ring;
    if (!first || seen.has(name)) continue;
    for (const { to } of ring) seen.add(to);
    const { at } = first.edge.table === undefined ? first.edge.item.word : tablePlace(first.edge.item);
    if (!at) continue;
    const way = [name, ...ring.flatMap(({ edge, to }) => [...(edge.table === undefined ? [] : [edge.table]), to])];
    const isStatic = ring.every(({ edge }) => edge.table === undefined);
    const shown = `(${way.join(" → ")})`;
    const message = isStatic
      ? `\`${name}\` contains itself ${shown}: smtpd is killed by signal 11 when it gets there`
      : `\`${name}\` leads back to itself ${shown}: whoever goes round is told 451 4.3.5 Server configuration error`;
    yield { at, message };
  }
}

/** The classes that are left when those that lead to no other class are taken away, one after the other. */
function leadingToRings(edges: ReadonlyMap<string, readonly Edge[]>): readonly string[] {
  const callers = new Map<string, string[]>();
  const left = new Map<string, number>();
  for (const [name, own] of edges) {
    const targets = own.flatMap(({ to }) => to).filter((to) => edges.has(to));
    left.set(name, targets.length);
    for (const to of targets) callers.set(to, [...(callers.get(to) ?? []), name]);
  }
  const ends = [...left].flatMap(([name, count]) => (count === 0 ? [name] : []));
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    left.delete(end);
    for (const caller of callers.get(end) ?? []) {
      const count = (left.get(caller) ?? 0) - 1;
      left.set(caller, count);
      if (count === 0) ends.push(caller);
    }
  }
  return [...left.keys()];
}

function tablePlace(item: ListItem): ListItem["word"] {
  return accessMapIn(item)?.word ?? item.word;
}

interface Step {
  readonly edge: Edge;
  readonly to: string;
}

/** The shortest way from a class back to it; empty when there is none. */
function ringThrough(configuration: Configuration, name: string): readonly Step[] {
  const edges = edgesOf(configuration);
  const reached = new Set<string>();
  let ways: readonly (readonly Step[])[] = [[]];
  while (ways.length > 0) {
    const longer: (readonly Step[])[] = [];
    for (const way of ways) {
      for (const edge of edges.get(way.at(-1)?.to ?? name) ?? []) {
        for (const to of edge.to) {
          if (to === name) return [...way, { edge, to }];
          if (reached.has(to)) continue;
          reached.add(to);
          longer.push([...way, { edge, to }]);
        }
      }
    }
    ways = longer;
  }
  return [];
}
