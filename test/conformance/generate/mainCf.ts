import type { Dice } from "./dice.ts";
import type { Draft } from "./draft.ts";

/** Writes main.cf, and master.cf when a service has settings of its own, in one of the ways in which people write them. */
export function writeConfiguration({ dice, parameters }: Draft): Record<string, string> {
  const names = [...parameters.keys()].filter((name) => !name.includes(" "));
  const moved = new Set(dice.chance(8) ? dice.some(names, 1 + dice.below(3)) : []);
  const lines = Array.from(parameters).flatMap(([name, value]) =>
    moved.has(name) ? [] : assignment(dice, name, value),
  );
  const mainCf = `${lines.join("\n")}\n`;
  if (moved.size === 0) return { "main.cf": mainCf };
  const options = [...moved].map((name) => option(dice, name, parameters.get(name) ?? ""));
  return { "main.cf": mainCf, "master.cf": `smtp inet n - y - - smtpd${options.join("")}\n` };
}

function assignment(dice: Dice, name: string, value: string): string[] {
  if (name.includes(" ")) return [name];
  const plain = [`${name} = ${value}`.trimEnd()];
  if (value === "" || value.includes("\n")) return plain;
  return dice.weigh<() => string[]>([
    [70, () => plain],
    [2, () => [`${name}=${value}`]],
    [1, () => [`${name}\t=  ${value}  `]],
    [2, () => [`${name} = overwritten`, ...plain]],
    [2, () => ["# a comment", "", "   # another", ...plain]],
    [4, () => [`${name} =`, "# between", `    ${value}`]],
    [
      2,
      () => [`its_${name} = ${value}`, `${name} = ${dice.pick([`$its_${name}`, `\${its_${name}}`, `$(its_${name})`])}`],
    ],
    [1, () => [`its_${name} = ${value}`, `${name} = \${its_${name}?$its_${name}}`]],
    [1, () => [`${name} = \${not_there:{${value}}}`]],
    [1, () => [`${name} = \${{a} == {a} ? {${value}} : {wrong}}`]],
  ])();
}

function option(dice: Dice, name: string, value: string): string {
  const text = value.replace(/\s+/g, " ");
  if (/[\s{}]/.test(text) || text === "" || dice.chance(30)) return `\n  -o { ${name} = ${text} }`;
  return `\n  -o ${name}=${text}`;
}
