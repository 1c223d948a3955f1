/** The colours of the picture; in a page they are CSS variables. */
export interface Colours {
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly box: string;
  readonly border: string;
  readonly command: string;
  readonly list: string;
  readonly class: string;
  readonly table: string;
  readonly filter: string;
  readonly permits: string;
  readonly refuses: string;
  readonly asked: string;
}

const FIXED: Colours = {
  background: "#ffffff",
  text: "#1f2328",
  quiet: "#59636e",
  box: "#f6f8fa",
  border: "#8c959f",
  command: "#ddf4ff",
  list: "#fff8c5",
  class: "#fbefff",
  table: "#dafbe1",
  filter: "#ffe7d6",
  permits: "#116329",
  refuses: "#a40e26",
  asked: "#0550ae",
};

/** The style of a picture that stands alone. */
export const FIXED_STYLE = flowStyle(FIXED);

/** How the picture looks with these colours. What differs in colour differs also in words, in width or in dashes. */
export function flowStyle(colours: Colours): string {
  const { background, text, quiet, box, border } = colours;
  const tones = (["permits", "refuses", "asked"] as const).map(
    (tone) =>
      `.flow .edge.${tone} path,.flow .node.${tone}>.frame{stroke:${colours[tone]};stroke-width:2}` +
      `.flow .edge.${tone} polygon,.flow .${tone}>.outcome{fill:${colours[tone]}}`,
  );
  const heads = (["command", "list", "class", "table", "filter"] as const).map(
    (kind) => `.flow .${kind} .head .line{fill:${colours[kind]}}`,
  );
  return [
    `.flow{font:12px Menlo,Consolas,"DejaVu Sans Mono",monospace}`,
    `.flow .background{fill:${background}}`,
    `.flow text{fill:${text}}`,
    `.flow .head text{font-weight:bold}`,
    `.flow .note{fill:${quiet};font-style:italic}`,
    `.flow .frame{fill:${box};stroke:${border}}`,
    `.flow .line{fill:none;pointer-events:all}`,
    ...heads,
    `.flow .edge path{fill:none;stroke:${border};stroke-width:1.2}`,
    `.flow .edge polygon{fill:${border}}`,
    `.flow .outcome{text-anchor:end}`,
    ...tones,
    `.flow .decides text{font-weight:bold}`,
    `.flow .edge.decides path,.flow .node.decides>.frame{stroke-width:3.5}`,
    `.flow .edge.dark path,.flow .node.dark>.frame{stroke-dasharray:4 3}`,
    `.flow .dark text{fill:${quiet}}`,
  ].join("\n");
}
