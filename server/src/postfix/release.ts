/** The Postfix releases whose behaviour we know. Other facts may name older ones in `since`. */
export const RELEASES = ["3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12"] as const;

export type Release = (typeof RELEASES)[number];

export const NEWEST: Release = "3.12";

/** Negative when `a` is older than `b`, zero when they are the same release. "3.10" is newer than "3.9". */
export function compareReleases(a: string, b: string): number {
  return a === b ? 0 : rank(a) - rank(b);
}

export function isRelease(text: string): text is Release {
  return (RELEASES as readonly string[]).includes(text);
}

/** The release that a version belongs to, as `postconf mail_version` writes it: `3.7.11`, `3.12-20250903`. */
export function releaseOf(version: string): Release | undefined {
  const text = /^\d+\.\d+(?=[.-])/.exec(version)?.[0] ?? version;
  return isRelease(text) ? text : undefined;
}

const ranks = new Map<string, number>();

function rank(release: string): number {
  let known = ranks.get(release);
  if (known === undefined) ranks.set(release, (known = readRank(release)));
  return known;
}

/** No release has a thousand followers. */
function readRank(release: string): number {
  const dot = release.indexOf(".");
  return Number.parseInt(release) * 1000 + (dot < 0 ? 0 : Number.parseInt(release.slice(dot + 1)));
}
