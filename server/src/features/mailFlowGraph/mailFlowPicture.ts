import type { Configuration } from "../../config/configuration.ts";
import { configurationOf } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { findService } from "../../config/services.ts";
import { fateOf, type Fate } from "../../evaluate/fate.ts";
import type { Exploration } from "../../evaluate/explore.ts";
import type { Location } from "../../text/location.ts";
import { exploreTraced, type Traced } from "../traceDocument.ts";
import type { MailFlowGraph } from "./graph.ts";
import { layoutOf } from "./layout.ts";
import { mailFlowGraph } from "./mailFlowGraph.ts";
import { mailFlowPath } from "./mailFlowPath.ts";
import { mermaidText } from "./mermaidText.ts";
import { svgText, type SvgUse } from "./svgText.ts";

/** The configuration of a service as a picture, with the way of a message when there is one. */
export interface MailFlowPicture {
  readonly service: string;
  readonly description: string;
  readonly graph: MailFlowGraph;
  svg(use: SvgUse): string;
  mermaid(): string;
}

/** The picture of a service, by default the one that takes mail from the Internet; undefined: there is no such service. */
export function mailFlowPicture(project: Project, name: string | undefined): MailFlowPicture | undefined {
  const service = findService(project, name);
  return service && pictureOf(configurationOf(project, service), undefined);
}

/** The picture with the way of a message; a text says why there is none. */
export function tracedPicture(project: Project, traced: Traced): MailFlowPicture | string {
  const explored = exploreTraced(project, traced);
  return typeof explored === "string" ? explored : pictureOf(explored.configuration, explored.exploration);
}

/** Where the nodes and rows of a graph are written. */
export function placesIn({ nodes }: MailFlowGraph): ReadonlyMap<string, Location> {
  const all = nodes.flatMap(({ id, at, rows }) => [{ id, at }, ...rows]);
  return new Map(all.flatMap(({ id, at }) => (at ? [[id, at] as const] : [])));
}

function pictureOf(configuration: Configuration, exploration: Exploration | undefined): MailFlowPicture {
  const graph = mailFlowGraph(configuration);
  const path = exploration && mailFlowPath(graph, exploration.evaluation.steps);
  const service = configuration.service.name;
  const title = `Mail flow of service ${service}`;
  const description = [contentText(graph), ...(exploration ? [fateText(exploration)] : [])].join(" ");
  return {
    service,
    description,
    graph,
    svg: (use) => svgText(layoutOf(graph, path), path, { title, description }, use),
    mermaid: () => mermaidText(graph, path),
  };
}

function contentText({ nodes }: MailFlowGraph): string {
  const count = (kind: string, one: string, many: string): string => {
    const found = nodes.filter((node) => node.kind === kind).length;
    return `${found} ${found === 1 ? one : many}`;
  };
  const lists = count("list", "restriction list", "restriction lists");
  const filters = nodes.some(({ kind }) => kind === "filter") ? `, ${count("filter", "filter", "filters")}` : "";
  return `${lists}, ${count("class", "class", "classes")}, ${count("table", "access map", "access maps")}${filters}.`;
}

/** What becomes of the first recipient. */
function fateText({ evaluation, assumed }: Exploration): string {
  if (evaluation.fatal) return "The service does not start.";
  const open = assumed.length > 0 ? ", if what is not known is answered as usual" : "";
  return `The message is ${FATES[fateOf(evaluation)]}${open}.`;
}

const FATES: Readonly<Record<Fate, string>> = { accept: "accepted", reject: "refused", defer: "deferred" };
