import type { StepReport } from "../../../server/src/evaluate/report.ts";

/** A place to open. */
export interface PlaceModel {
  readonly file: string;
  readonly line: number;
  readonly character: number;
}

/** A step as a row of the tree. */
export interface TreeNode {
  /** Stays the same as long as the steps around it do. */
  readonly key: string;
  readonly label: string;
  readonly outcome: string;
  readonly tone: Tone;
  readonly because: string;
  readonly decides: boolean;
  /** The look-up keys that were tried. */
  readonly keys: readonly { readonly key: string; readonly isFound: boolean }[];
  readonly place?: PlaceModel;
  /** Whether its children are shown at first. */
  readonly isOpen: boolean;
  readonly children: readonly TreeNode[];
}

export type Tone = "good" | "bad" | "quiet";

const TONES: Readonly<Record<string, Tone>> = {
  PERMIT: "good",
  DISCARD: "good",
  REJECT: "bad",
  DEFER: "bad",
  HANGUP: "bad",
};

export const NOT_REACHED = "not reached";

export function toneOf(outcome: string): Tone {
  return TONES[outcome] ?? "quiet";
}

type CanOpen = (file: string) => boolean;

/** The steps as a tree for people. Those that were not reached are folded; a table line that answered is a row, too. */
export function treeOf(steps: readonly StepReport[], canOpen: CanOpen): readonly TreeNode[] {
  return nodesOf(steps, canOpen, { key: "" });
}

/** What steps have in common that stand below another. */
interface Parent {
  readonly key: string;
  /** The table line that called them. */
  readonly entry?: PlaceModel | undefined;
}

function nodesOf(steps: readonly StepReport[], canOpen: CanOpen, parent: Parent): readonly TreeNode[] {
  const nodes = steps.map((step, at) => nodeOf(step, canOpen, { ...parent, key: `${parent.key}/${at} ${step.asked}` }));
  return foldUnreached(nodes, parent.key);
}

function nodeOf(step: StepReport, canOpen: CanOpen, { key, entry: calledBy }: Parent): TreeNode {
  const { asked, outcome, because, keys = [], decides = false, children } = step;
  const place = placeModel(step, canOpen) ?? calledBy;
  const entry = step.entry && placeModel(step.entry, canOpen);
  return {
    key,
    label: asked,
    outcome,
    tone: toneOf(outcome),
    because: outcome === NOT_REACHED ? "" : because,
    decides,
    keys: keys.map((tried) => ({ key: tried, isFound: tried === step.key })),
    ...(place && { place }),
    isOpen: true,
    children: [
      ...(entry ? [entryNode(step.key ?? "", entry, key)] : []),
      ...nodesOf(children, canOpen, { key, entry }),
    ],
  };
}

function entryNode(found: string, place: PlaceModel, parent: string): TreeNode {
  return {
    key: `${parent}/entry`,
    label: found,
    outcome: "found",
    tone: "quiet",
    because: "",
    decides: false,
    keys: [],
    place,
    isOpen: true,
    children: [],
  };
}

/** The place of a step, or of an entry; undefined when it stands in no file that can be opened. */
export function placeModel(
  { file, range }: Pick<StepReport, "file" | "range">,
  canOpen: CanOpen,
): PlaceModel | undefined {
  if (file === undefined || !range || !canOpen(file)) return undefined;
  return { file, ...range.start };
}

/** Neighbours that were not reached become one closed row. */
function foldUnreached(nodes: readonly TreeNode[], parent: string): readonly TreeNode[] {
  const folded: TreeNode[] = [];
  let run: TreeNode[] = [];
  const close = (): void => {
    folded.push(...(run.length > 1 ? [foldOf(run, parent)] : run));
    run = [];
  };
  for (const node of nodes) {
    if (node.outcome === NOT_REACHED) {
      run.push(node);
      continue;
    }
    close();
    folded.push(node);
  }
  close();
  return folded;
}

function foldOf(children: readonly TreeNode[], parent: string): TreeNode {
  return {
    key: `${parent}/unreached ${children[0]?.key ?? ""}`,
    label: `${children.length} restrictions`,
    outcome: NOT_REACHED,
    tone: "quiet",
    because: "",
    decides: false,
    keys: [],
    isOpen: false,
    children,
  };
}
