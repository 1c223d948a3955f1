/** What stands in each other goes deeper than anybody writes it, and than this program follows. */
export class NestedTooDeep extends Error {}

/** Whether something failed because what it looked at is nested too deep. */
export function isTooDeep(error: unknown): boolean {
  return error instanceof NestedTooDeep || (error instanceof RangeError && /call stack/i.test(error.message));
}
