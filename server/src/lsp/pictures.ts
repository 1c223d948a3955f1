import type { Location as ProtocolLocation } from "vscode-languageserver";
import type { Project } from "../config/project.ts";
import { servicesOf } from "../config/services.ts";
import {
  mailFlowPicture,
  placesIn,
  tracedPicture,
  type MailFlowPicture,
} from "../features/mailFlowGraph/mailFlowPicture.ts";
import { presets } from "../features/presets.ts";
import { restrictionExplorer } from "../features/restrictionExplorer.ts";
import type { Location } from "../text/location.ts";
import type { Found } from "../workspace/workspace.ts";
import type { ExplorerResult, PictureParams, PictureResult } from "./protocol.ts";

type LocationOf = (place: Location) => ProtocolLocation;

/** The picture of a service, with the way of a message when one is named; what cannot be is said in its place. */
export function pictureResult({ project }: Found, params: PictureParams, locationOf: LocationOf): PictureResult {
  const { picture, complaint } = pictureFor(project, params);
  const shared = {
    services: servicesOf(project).map(({ name }) => name),
    presets: presets(project).map(({ title }) => title),
  };
  if (!picture) return { ...shared, picture: null };
  const { service, description, graph } = picture;
  const places = [...placesIn(graph)].map(([id, place]) => [id, locationOf(place)] as const);
  return {
    ...shared,
    picture: {
      service,
      description: complaint ?? description,
      svg: picture.svg("page"),
      file: picture.svg("file"),
      mermaid: picture.mermaid(),
      places: Object.fromEntries(places),
      calls: Object.fromEntries(graph.edges.map(({ from, to }) => [from, to])),
    },
  };
}

/** Without a message that can be traced, the picture alone. */
function pictureFor(
  project: Project,
  { service: wanted, trace = {} }: PictureParams,
): { readonly picture: MailFlowPicture | undefined; readonly complaint?: string } {
  const preset = presets(project).find(({ title }) => title === trace.preset);
  const message = trace.message ?? preset?.message;
  const service = wanted ?? trace.service ?? preset?.service;
  if (!message) return { picture: mailFlowPicture(project, service) };
  const made = tracedPicture(project, { message, service, answers: trace.answers });
  return typeof made === "string" ? { picture: mailFlowPicture(project, service), complaint: made } : { picture: made };
}

/** The tree of services, lists, classes and tables. */
export function explorerResult({ project }: Found, locationOf: LocationOf): ExplorerResult {
  const { roots, items } = restrictionExplorer(project);
  const shown = [...items].map(([key, { at, ...item }]) => {
    return [key, { ...item, ...(at && { place: locationOf(at) }) }] as const;
  });
  return { roots, items: Object.fromEntries(shown) };
}
