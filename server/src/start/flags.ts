import { setFlagsFromString } from "node:v8";

/**
 * Those that Node begins with, since version 20. Compiled code, Node's own too, is taken only under the flags that it was
 * made under.
 */
const WHILE_LOADING = ["--semi-space-growth-factor=2", "--interrupt-budget=67584"];

/**
 * Nearly all that is made for an answer is dropped right behind it, so there is no need of much room for what is new. And
 * most code runs for some milliseconds only: V8 optimizes what runs eight times longer than it would wait by itself.
 */
const WHILE_RUNNING = ["--semi-space-growth-factor=1", "--interrupt-budget=540672"];

/** Sets how V8 works while code is loaded, or afterwards. */
export function setFlags(during: "loading" | "running"): void {
  (during === "loading" ? WHILE_LOADING : WHILE_RUNNING).forEach(setFlagsFromString);
}
