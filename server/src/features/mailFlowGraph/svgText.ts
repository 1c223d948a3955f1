import { HEAD_HEIGHT, ROW_HEIGHT, shortened, type Arrow, type Box, type Layout } from "./layout.ts";
import { tonesOf, type Mark, type MailFlowPath } from "./mailFlowPath.ts";
import { FIXED_STYLE } from "./style.ts";

/** What the picture is of. */
export interface Caption {
  readonly title: string;
  readonly description: string;
}

/** file: a picture that stands alone. page: part of a page with its own style, whose texts can be chosen. */
export type SvgUse = "file" | "page";

/** The picture as SVG. */
export function svgText(layout: Layout, path: MailFlowPath | undefined, caption: Caption, use: SvgUse): string {
  const { width, height, boxes, arrows } = layout;
  const classOf = (id: string): string => classesOf(path, id);
  // In a picture (`img`) a screen reader would not find the texts.
  const role = use === "file" ? "img" : "group";
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const labels = 'aria-labelledby="flow-title" aria-describedby="flow-description"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="flow" ${size} role="${role}" ${labels}>`,
    `<title id="flow-title">${escaped(caption.title)}</title>`,
    `<desc id="flow-description">${escaped(caption.description)}</desc>`,
    ...(use === "file" ? [`<style>${FIXED_STYLE}</style>`, BACKGROUND] : []),
    ...arrows.map((arrow) => arrowText(arrow, classOf(arrow.edge.id))),
    ...boxes.map((box) => boxText({ box, path, use })),
    "</svg>",
    "",
  ].join("\n");
}

const BACKGROUND = '<rect class="background" width="100%" height="100%"/>';

/** Text and attribute values of XML, which has no words for most control characters and for half characters. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
    .replace(/[\t\n\r]/g, " ")
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\u{fffd}");
}

function arrowText({ edge, points }: Arrow, classes: string): string {
  const [first, ...rest] = points;
  const [last, before] = [points.at(-1), points.at(-2)];
  if (!first || !last || !before) return "";
  let curve = `M${number(first.x)} ${number(first.y)}`;
  let from = first;
  for (const to of rest) {
    const middle = number((from.x + to.x) / 2);
    curve += `C${middle} ${number(from.y)} ${middle} ${number(to.y)} ${number(to.x)} ${number(to.y)}`;
    from = to;
  }
  const back = last.x >= before.x ? -8 : 8;
  const tip = `${number(last.x)},${number(last.y)}`;
  const head = `${tip} ${number(last.x + back)},${number(last.y - 4)} ${number(last.x + back)},${number(last.y + 4)}`;
  const title = `<title>${escaped(edge.condition)}</title>`;
  return `<g class="edge${classes}">${title}<path d="${curve}"/><polygon points="${head}"/></g>`;
}

interface Drawn {
  readonly box: Box;
  readonly path: MailFlowPath | undefined;
  readonly use: SvgUse;
}

function boxText(drawn: Drawn): string {
  const { box, path } = drawn;
  const { node, left, top, width, height } = box;
  const frame = `<rect class="frame" width="${number(width)}" height="${number(height)}" rx="4"/>`;
  const head = { id: node.id, label: node.label, spoken: `${KINDS[node.kind]} ${node.label}` };
  const lines = [
    lineText(drawn, { ...head, class: "head", y: 0, height: HEAD_HEIGHT }),
    ...node.rows.map((row, index) => {
      const y = HEAD_HEIGHT + index * ROW_HEIGHT;
      return lineText(drawn, { ...row, spoken: row.label, class: "row", y, height: ROW_HEIGHT });
    }),
    ...(node.note === undefined ? [] : [noteText(node.note, HEAD_HEIGHT + node.rows.length * ROW_HEIGHT)]),
  ];
  const place = `transform="translate(${number(left)} ${number(top)})"`;
  return `<g class="node ${node.kind}${classesOf(path, node.id)}" ${place}>${frame}${lines.join("")}</g>`;
}

const KINDS = {
  command: "Command",
  list: "Restriction list",
  class: "Restriction class",
  table: "Access map",
  filter: "Filter",
} as const;

interface Line {
  readonly id: string;
  readonly label: string;
  readonly spoken: string;
  readonly class: "head" | "row";
  readonly y: number;
  readonly height: number;
}

function lineText({ box: { width }, path, use }: Drawn, line: Line): string {
  const { id, label, y, height } = line;
  const outcome = line.class === "row" ? outcomeText(path?.get(id)) : "";
  const spoken = outcome === "" ? line.spoken : `${line.spoken} ${outcome}`;
  const chosen = use === "page" ? ` data-id="${escaped(id)}" role="button" tabindex="-1"` : "";
  const baseline = number(y + height / 2 + 4);
  const parts = [
    `<title>${escaped(spoken)}</title>`,
    `<rect class="line" y="${number(y)}" width="${number(width)}" height="${height}"/>`,
    `<text x="12" y="${baseline}">${escaped(shortened(label))}</text>`,
    outcome && `<text class="outcome" x="${number(width - 12)}" y="${baseline}">${escaped(outcome)}</text>`,
  ];
  return `<g class="${line.class}${classesOf(path, id)}" aria-label="${escaped(spoken)}"${chosen}>${parts.join(" ")}</g>`;
}

function noteText(note: string, y: number): string {
  const baseline = number(y + ROW_HEIGHT / 2 + 4);
  return `<text class="note" x="12" y="${baseline}">${escaped(shortened(note))}</text>`;
}

/** The outcome in words, so that nobody needs the colours. */
function outcomeText(mark: Mark | undefined): string {
  if (!mark) return "";
  return mark.decides ? `${mark.outcome}, decides` : mark.outcome;
}

/** The tones of its mark, or dark where the message never came by. Without a message, nothing. */
function classesOf(path: MailFlowPath | undefined, id: string): string {
  if (!path) return "";
  const tones = tonesOf(path.get(id));
  return ` ${tones.length > 0 ? tones.join(" ") : "dark"}`;
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
