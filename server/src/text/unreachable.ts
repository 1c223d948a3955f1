/** Marks a place that the types rule out. Reaching it is a bug of ours. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
