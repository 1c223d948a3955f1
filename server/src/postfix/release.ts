/** The Postfix releases whose behaviour we know. Other facts may name older ones in `since`. */
export const RELEASES = ["3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12"] as const;

export type Release = (typeof RELEASES)[number];

export const NEWEST: Release = "3.12";

/** Negative when `a` is older than `b`, zero when they are the same release. "3.10" is newer than "3.9". */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}

export function isRelease(text: string): text is Release {
  return (RELEASES as readonly string[]).includes(text);
}

function parts(release: string): readonly number[] {
  return release.split(".").map(Number);
}
