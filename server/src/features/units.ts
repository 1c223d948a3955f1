/** The units of times. See conv_time.c, conv_time(). */
const UNITS = [
  ["w", 604_800, "week"],
  ["d", 86_400, "day"],
  ["h", 3600, "hour"],
  ["m", 60, "minute"],
  ["s", 1, "second"],
] as const;

export type TimeUnit = (typeof UNITS)[number][0];

/** `90` or `5d` in words; undefined when it is no time. `unit` is meant where none is written. */
export function timeText(word: string, unit: TimeUnit): string | undefined {
  const match = /^(\d+)([smhdw]?)$/.exec(word.toLowerCase());
  if (!match) return undefined;
  const [, digits = "", written = ""] = match;
  const seconds = Number(digits) * secondsOf(written === "" ? unit : written);
  const words = seconds === 0 ? "no time" : partsOf(seconds).join(", ");
  return seconds < 60 ? words : `${words} (${seconds} seconds)`;
}

/** From the largest unit down. */
function partsOf(seconds: number): readonly string[] {
  const parts: string[] = [];
  let rest = seconds;
  for (const [, length, name] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`);
  }
  return parts;
}

function secondsOf(unit: string): number {
  return UNITS.find(([letter]) => letter === unit)?.[1] ?? 1;
}

/** A number of bytes in larger units; undefined for what is none, or too small for them. */
export function sizeText(word: string): string | undefined {
  const bytes = /^\d+$/.test(word) ? Number(word) : 0;
  const power = Math.min(SIZES.length, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  if (power < 1) return undefined;
  const value = bytes / 1024 ** power;
  return `\`${word}\` bytes are ${Number(value.toFixed(1))} ${SIZES[power - 1] ?? ""}.`;
}

const SIZES = ["KiB", "MiB", "GiB", "TiB"];
