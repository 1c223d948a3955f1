/**
 * Remembers the result of `compute` per snapshot. The snapshot is the key of a WeakMap, so what was derived from it goes
 * when it goes, and nothing is ever invalidated.
 */
export function derived<Snapshot extends object, Value>(
  compute: (snapshot: Snapshot) => Value,
): (snapshot: Snapshot) => Value {
  const known = new WeakMap<Snapshot, { readonly value: Value }>();
  return (snapshot) => {
    let entry = known.get(snapshot);
    if (!entry) {
      entry = { value: compute(snapshot) };
      known.set(snapshot, entry);
    }
    return entry.value;
  };
}
