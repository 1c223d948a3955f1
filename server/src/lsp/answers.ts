import { FEATURES } from "./features/index.ts";
import { connectRequests } from "./requests.ts";
import type { Server } from "./server.ts";

/** Connects everything that answers requests. */
export function connectAnswers(server: Server): void {
  for (const feature of FEATURES) feature.connect(server);
  connectRequests(server);
}
