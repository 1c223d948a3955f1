import { NOT_FOUND } from "../config/table.ts";
import type { Facts } from "../evaluate/facts.ts";

/** A world in which nothing is there: for what does not look at it. */
export const NOBODY: Facts = {
  dns: () => ({ kind: "none" }),
  table: () => NOT_FOUND,
  policy: () => undefined,
  verify: () => ({ status: "deliverable", text: "" }),
  milter: () => "accepts",
};
