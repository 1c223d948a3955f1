import type { Location as ProtocolLocation } from "vscode-languageserver";
import { servicesOf } from "../config/services.ts";
import { mailFlowPicture, placesIn, tracedPicture } from "../features/mailFlowGraph/mailFlowPicture.ts";
import { presets } from "../features/presets.ts";
import { restrictionExplorer } from "../features/restrictionExplorer.ts";
import type { Location } from "../text/location.ts";
import type { Found } from "../workspace/workspace.ts";
import type { ExplorerResult, PictureParams, PictureResult } from "./protocol.ts";

type LocationOf = (place: Location) => ProtocolLocation;

/** The picture of a service, with the way of a message when one is named; what cannot be is said in its place. */
export function pictureResult({ project }: Found, params: PictureParams, locationOf: LocationOf): PictureResult {
  const known = presets(project);
  const preset = known.find(({ title }) => title === params.trace?.preset);
  const message = params.trace?.message ?? preset?.message;
  const service = params.service ?? params.trace?.service ?? preset?.service;
  const made = message && tracedPicture(project, { message, service, answers: params.trace?.answers });
  const picture = typeof made === "object" ? made : mailFlowPicture(project, service);
  const shared = { services: servicesOf(project).map(({ name }) => name), presets: known.map(({ title }) => title) };
  if (!picture) return { ...shared, picture: null };
  const places = [...placesIn(picture.graph)].map(([id, place]) => [id, locationOf(place)] as const);
  return {
    ...shared,
    picture: {
      service: picture.service,
      description: typeof made === "string" ? made : picture.description,
      svg: picture.svg("page"),
      file: picture.svg("file"),
      mermaid: picture.mermaid(),
      places: Object.fromEntries(places),
      calls: Object.fromEntries(picture.graph.edges.map(({ from, to }) => [from, to])),
    },
  };
}

/** The tree of services, lists, classes and tables. */
export function explorerResult({ project }: Found, locationOf: LocationOf): ExplorerResult {
  const { roots, items } = restrictionExplorer(project);
  const shown = [...items].map(([key, { at, ...item }]) => {
    return [key, { ...item, ...(at && { place: locationOf(at) }) }] as const;
  });
  return { roots, items: Object.fromEntries(shown) };
}
