import assert from "node:assert/strict";
import { test } from "node:test";
import { run, type Ran } from "../support/commandLine.ts";
import { assertWellFormed } from "./wellFormed.ts";

function graph(...args: readonly string[]): Ran {
  return run(["graph", ...args]);
}

test("graph writes Mermaid or SVG", () => {
  const mermaid = graph("--config", "examples/restricted-senders");
  assert.equal(mermaid.status, 0);
  assert.match(mermaid.out, /^flowchart LR\n/);
  assert.match(mermaid.out, /subgraph n\d+\["local_only"\]/);
  const svg = graph("--config", "examples/restricted-senders", "--service", "smtp", "--format", "svg");
  assertWellFormed(svg.out);
  assert.match(svg.out, /Mail flow of service smtp/);
});

test("graph has help, and wrong calls are answered in one line", () => {
  assert.match(graph("--help").out, /--format mermaid\|svg/);
  const wrong = [
    { args: ["--format", "png"], err: /--format takes mermaid, svg, not `png`/ },
    { args: ["--config", "examples/restricted-senders", "--service", "nowhere"], err: /no smtpd service `nowhere`/ },
    { args: ["examples"], err: /graph takes no argument `examples`/ },
  ];
  for (const { args, err } of wrong) {
    const refused = graph(...args);
    assert.equal(refused.status, 2);
    assert.match(refused.err, err);
    assert.equal(refused.err.trimEnd().split("\n").length, 1);
  }
});
