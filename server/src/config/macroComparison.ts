import { compareLevels } from "./compatibilityLevel.ts";

/** How two texts are compared in `${{a} == {b} ? {x} : {y}}`. */
export type Comparison = "==" | "!=" | "<" | "<=" | ">=" | ">";

export function isComparison(sign: string): sign is Comparison {
  return ["==", "!=", "<", "<=", ">=", ">"].includes(sign);
}

/** Compares as numbers when both are all digits, else as text; `level` compares compatibility levels. */
export function compare(left: string, right: string, sign: Comparison, suffix: string): boolean | undefined {
  const difference = suffix === "level" ? compareLevels(left, right) : textDifference(left, right);
  if (difference === undefined) return undefined;
  switch (sign) {
    case "==":
      return difference === 0;
    case "!=":
      return difference !== 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case ">=":
      return difference >= 0;
    case ">":
      return difference > 0;
  }
}

function textDifference(left: string, right: string): number {
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : left > right ? 1 : 0;
}
