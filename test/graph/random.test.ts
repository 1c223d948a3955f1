import assert from "node:assert/strict";
import { test } from "node:test";
import { mainConfiguration } from "../../server/src/config/configurations.ts";
import { caseFrom } from "../../server/src/evaluate/case.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import type { Step } from "../../server/src/evaluate/trace.ts";
import { decidingStep } from "../../server/src/evaluate/verdict.ts";
import { layoutOf, type Box } from "../../server/src/features/mailFlowGraph/layout.ts";
import { mailFlowGraph } from "../../server/src/features/mailFlowGraph/mailFlowGraph.ts";
import { mailFlowPath } from "../../server/src/features/mailFlowGraph/mailFlowPath.ts";
import { svgText } from "../../server/src/features/mailFlowGraph/svgText.ts";
import { generateCase } from "../conformance/generate.ts";
import { projectOf } from "../support/fixture.ts";
import { assertWellFormed } from "./wellFormed.ts";

const SEEDS = Array.from({ length: 150 }, (_, seed) => seed);

function randomCase(seed: number) {
  const given = caseFrom(generateCase(seed, { patterns: false }));
  assert.ok(typeof given === "object");
  const project = projectOfCase(given, "3.7");
  const configuration = mainConfiguration(project);
  // The picture shows the way of a message: ETRN is not on it.
  const { evaluation } = explore(configuration, { ...given.message, etrn: undefined }, knownWorld(given));
  return { configuration, evaluation, graph: mailFlowGraph(configuration) };
}

test("every item of every list and class is in the graph, and every edge has two ends", () => {
  for (const seed of SEEDS) {
    const { configuration, graph } = randomCase(seed);
    const rowsOf = new Map(graph.nodes.map(({ id, rows }) => [id, rows.map(({ asked }) => asked)]));
    for (const list of Object.values(configuration.lists)) {
      if (list.items.length === 0) continue;
      assert.deepEqual(
        rowsOf.get(`list ${list.name}`),
        list.items.map(({ text }) => text),
      );
    }
    for (const { name, list } of configuration.classes.values()) {
      assert.deepEqual(rowsOf.get(`class ${name}`), list?.items.map(({ text }) => text) ?? []);
    }
    const rows = new Set(graph.nodes.flatMap((node) => node.rows.map(({ id }) => id)));
    for (const { from, to } of graph.edges) assert.ok(rows.has(from) && rowsOf.has(to), `${seed}: ${from} > ${to}`);
  }
});

test("what decides is marked as deciding, and every step that was asked is marked", () => {
  for (const seed of SEEDS) {
    const { evaluation, graph } = randomCase(seed);
    const path = mailFlowPath(graph, evaluation.steps);
    const deciding = evaluation.steps.flatMap((step) => decidingStep(step) ?? []);
    const marked = [...path.values()].some(({ decides }) => decides);
    assert.equal(marked, deciding.length > 0, `${seed}: ${deciding.map(({ asked }) => asked).join()}`);
    for (const list of evaluation.steps.flatMap(({ children }) => children)) {
      for (const [index, step] of list.children.entries()) checkMarked(path, `list ${list.asked} #${index}`, step);
    }
  }
});

function checkMarked(path: ReturnType<typeof mailFlowPath>, id: string, { outcome }: Step): void {
  const mark = path.get(id);
  assert.ok(mark, id);
  if (outcome !== "not reached") assert.notEqual(mark.outcome, "not reached", id);
}

test("boxes do not cover each other, and the picture is well-formed", () => {
  for (const seed of SEEDS.slice(0, 60)) {
    const { evaluation, graph } = randomCase(seed);
    const path = mailFlowPath(graph, evaluation.steps);
    const layout = layoutOf(graph, path);
    for (const [index, box] of layout.boxes.entries()) {
      assert.ok(box.left >= 0 && box.left + box.width <= layout.width, `${seed}: ${box.node.id}`);
      assert.ok(box.top >= 0 && box.top + box.height <= layout.height, `${seed}: ${box.node.id}`);
      for (const other of layout.boxes.slice(index + 1)) {
        assert.ok(!covers(box, other), `${seed}: ${box.node.id} and ${other.node.id}`);
      }
    }
    assert.equal(layout.arrows.length, graph.edges.length);
    assertWellFormed(svgText(layout, path, { title: "random", description: "" }, "file"));
  }
});

test("the commands of a column stand in the order of the session, mail that comes another way last", () => {
  for (const seed of SEEDS.slice(0, 60)) {
    const { graph } = randomCase(seed);
    assertInOrder(layoutOf(graph, undefined).boxes, `${seed}`);
  }
  const filters = "smtpd_milters = inet:[::1]:1, inet:[::1]:2\nnon_smtpd_milters = inet:[::1]:2, inet:[::1]:1\n";
  const graph = mailFlowGraph(mainConfiguration(projectOf([["main.cf", filters]])));
  const commands = assertInOrder(layoutOf(graph, undefined).boxes, "filters");
  assert.equal(commands.at(-1), "mail that does not come by SMTP");
});

/** Answers with the labels of the commands, from above. */
function assertInOrder(boxes: readonly Box[], message: string): readonly string[] {
  const commands = boxes.filter(({ node }) => node.kind === "command");
  for (const [at, { left, top }] of commands.entries()) {
    const below = commands.slice(at + 1).filter((other) => other.left === left);
    assert.ok(
      below.every((other) => other.top > top),
      message,
    );
  }
  return [...commands].sort((a, b) => a.top - b.top).map(({ node }) => node.label);
}

function covers(a: Box, b: Box): boolean {
  const beside = a.left + a.width <= b.left || b.left + b.width <= a.left;
  return !beside && a.top < b.top + b.height && b.top < a.top + a.height;
}
