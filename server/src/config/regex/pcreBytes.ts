import { has, type ByteSet } from "./byteSet.ts";
import { remember, type Machine, type Step } from "./machine.ts";
import type { Repeat } from "./tree.ts";

/** A repeated set needs no entry for each byte: one entry knows how far the way back may go. */
export function bytesStep(set: ByteSet, { min, max, greed }: Repeat, next: Step): Step {
  if (greed === "lazy") return lazyBytesStep(set, min, max, next);
  const giveBack: Step = (machine) => {
    if (machine.at > machine.value) remember(machine, giveBack, machine.at - 1, machine.value);
    return next;
  };
  return (machine) => {
    const least = machine.at + min;
    const end = runEnd(machine, set, max);
    if (end < least) return undefined;
    machine.at = end;
    if (greed === "greedy" && end > least) remember(machine, giveBack, end - 1, least);
    return next;
  };
}

function lazyBytesStep(set: ByteSet, min: number, max: number, next: Step): Step {
  const takeMore: Step = (machine) => {
    const { text, at, value } = machine;
    if (at >= value || !has(set, text.charCodeAt(at))) return undefined;
    machine.at++;
    remember(machine, takeMore, machine.at, value);
    return next;
  };
  return (machine) => {
    const limit = Math.min(machine.text.length, machine.at + max);
    const end = runEnd(machine, set, min);
    if (end < machine.at + min) return undefined;
    machine.at = end;
    remember(machine, takeMore, end, limit);
    return next;
  };
}

/** The end of the bytes of `set` from here, at most `max`. */
function runEnd(machine: Machine, set: ByteSet, max: number): number {
  const { text, at } = machine;
  const limit = Math.min(text.length, at + max);
  let end = at;
  while (end < limit && has(set, text.charCodeAt(end))) end++;
  machine.left -= (end - at) >> 3;
  return end;
}
