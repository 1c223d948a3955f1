/** A compatibility level `major[.minor[.patch]]` as numbers. */
type Level = readonly [number, number, number];

/** Reads a compatibility level; undefined when malformed. See compat_level.c, compat_level_from_string(). */
export function parseLevel(text: string): Level | undefined {
  const match = /^\s*\+?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [major = 0, minor = 0, patch = 0] = match.slice(1).map((part) => Number(part || "0"));
  return minor > 1023 || patch > 1023 ? undefined : [major, minor, patch];
}

/** Negative, zero or positive as `left` is below, at or above `right`; undefined when one of them is malformed. */
export function compareLevels(left: string, right: string): number | undefined {
  const [a, b] = [parseLevel(left), parseLevel(right)];
  if (!a || !b) return undefined;
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
