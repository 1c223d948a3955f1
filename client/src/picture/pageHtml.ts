import { flowStyle } from "../../../server/src/features/mailFlowGraph/style.ts";

/** The page of the picture. Nothing but its own script and style is allowed in. */
export function pageHtml({
  nonce,
  script,
}: {
  readonly nonce: string;
  /** The address of dist/picture.js. */
  readonly script: string;
}): string {
  const policy = `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Mail Flow: Picture</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<h1>Mail Flow</h1>
<div id="tools" role="toolbar" aria-label="Picture">
<label>Service <select id="service"></select></label>
<label>Message <select id="message"></select></label>
<span class="group" role="group" aria-label="Zoom">
<button id="smaller" title="Zoom out (-)" aria-label="Zoom out">−</button>
<button id="larger" title="Zoom in (+)" aria-label="Zoom in">+</button>
<button id="fit" title="Show all of it (0)">Fit</button>
</span>
<span class="group end" role="group" aria-label="Save">
<button id="svg" title="Save as SVG">SVG</button>
<button id="mermaid" title="Save as Mermaid flowchart">Mermaid</button>
<button id="png" title="Save as PNG">PNG</button>
</span>
</div>
<p id="status" role="status"></p>
<div id="stage" role="region" aria-label="Picture: arrow keys go from line to line and along the arrows, Enter opens the place"></div>
</main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** A colour of the theme, thinned out. */
function tinted(name: string): string {
  return `color-mix(in srgb, var(--vscode-charts-${name}) 28%, var(--vscode-editor-background))`;
}

const STYLE = `
html, body { height: 100%; margin: 0; padding: 0; }
body { color: var(--vscode-foreground); background: var(--vscode-editor-background);
  font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }
main { display: flex; flex-direction: column; height: 100%; }
h1 { position: absolute; clip-path: inset(50%); margin: 0; }
#tools { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 6px 10px;
  border-bottom: 1px solid var(--vscode-panel-border); }
.group { display: flex; gap: 6px; }
.end { margin-left: auto; }
select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background);
  border: 1px solid var(--vscode-dropdown-border, transparent); padding: 2px 4px; max-width: 18em; font: inherit; }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
  border: 1px solid var(--vscode-contrastBorder, transparent); padding: 3px 9px; font: inherit; cursor: pointer; }
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
select:focus-visible, button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
#status { margin: 0; padding: 4px 10px; color: var(--vscode-descriptionForeground); }
#stage { flex: 1 0 10em; overflow: auto; cursor: grab; }
#stage.dragging { cursor: grabbing; }
#stage svg { display: block; }
${flowStyle({
  background: "var(--vscode-editor-background)",
  text: "var(--vscode-editor-foreground)",
  quiet: "var(--vscode-descriptionForeground)",
  box: "var(--vscode-editorWidget-background)",
  border: "var(--vscode-contrastBorder, var(--vscode-descriptionForeground))",
  command: tinted("blue"),
  list: tinted("yellow"),
  class: tinted("purple"),
  table: tinted("green"),
  filter: tinted("orange"),
  permits:
    "color-mix(in srgb, var(--vscode-testing-iconPassed, var(--vscode-charts-green)) 50%, var(--vscode-foreground))",
  refuses: "var(--vscode-errorForeground, var(--vscode-charts-red))",
  asked: "var(--vscode-charts-blue)",
})}
.flow [data-id] { cursor: pointer; outline: none; }
.flow [data-id]:hover > .line { stroke: var(--vscode-editor-foreground); stroke-dasharray: 2 2; }
.flow [data-id]:focus > .line { stroke: var(--vscode-focusBorder); stroke-width: 2; stroke-dasharray: none; }
body.vscode-high-contrast .flow .head .line, body.vscode-high-contrast-light .flow .head .line {
  fill: var(--vscode-editor-background); stroke: var(--vscode-contrastBorder); }
`;
