import { NOT_REACHED, type PlaceModel, type TreeNode } from "../tree.ts";
import { element, prose } from "./dom.ts";

/** A node that can be seen, with its place among its neighbours. */
interface Row {
  readonly node: TreeNode;
  readonly level: number;
  readonly position: number;
  readonly size: number;
  readonly parent: string | undefined;
}

/** A tree that the keyboard and a screen reader can walk. See the tree pattern of the WAI-ARIA practices. */
export class TreeView {
  readonly root: HTMLElement;
  readonly #open: (place: PlaceModel) => void;
  /** What a person opened and closed. */
  readonly #toggled = new Map<string, boolean>();
  #nodes: readonly TreeNode[] = [];
  #rows: readonly Row[] = [];
  /** The row that the tabulator key leads to. */
  #current: string | undefined;

  constructor(label: string, open: (place: PlaceModel) => void) {
    this.#open = open;
    this.root = element("div", { role: "tree", "aria-label": label });
    this.root.addEventListener("keydown", (event) => {
      this.#press(event);
    });
    this.root.addEventListener("click", ({ target }) => {
      if (target instanceof Element) this.#click(target);
    });
  }

  update(nodes: readonly TreeNode[]): void {
    this.#nodes = nodes;
    this.#render();
  }

  #render(): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.#rows = this.#visible(this.#nodes, 1);
    if (!this.#rows.some(({ node }) => node.key === this.#current)) this.#current = this.#rows[0]?.node.key;
    this.root.replaceChildren(
      ...this.#rows.map((row) => rowElement(row, this.#isOpen(row.node), row.node.key === this.#current)),
    );
    if (hadFocus) this.#focus();
  }

  #visible(nodes: readonly TreeNode[], level: number, parent?: string): readonly Row[] {
    return nodes.flatMap((node, at) => [
      { node, level, position: at + 1, size: nodes.length, parent },
      ...(this.#isOpen(node) ? this.#visible(node.children, level + 1, node.key) : []),
    ]);
  }

  #isOpen(node: TreeNode): boolean {
    return this.#toggled.get(node.key) ?? node.isOpen;
  }

  #focus(): void {
    this.root.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }

  #moveTo(row: Row | undefined): void {
    if (!row) return;
    this.#current = row.node.key;
    this.#render();
    this.#focus();
  }

  #toggle(row: Row, isWanted: boolean): void {
    this.#toggled.set(row.node.key, isWanted);
    this.#moveTo(row);
  }

  #follow(row: Row): void {
    if (row.node.place) this.#open(row.node.place);
    else if (row.node.children.length > 0) this.#toggle(row, !this.#isOpen(row.node));
  }

  #press(event: KeyboardEvent): void {
    const at = this.#rows.findIndex(({ node }) => node.key === this.#current);
    const row = this.#rows[at];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => {
        this.#moveTo(this.#rows[at + 1]);
      },
      ArrowUp: () => {
        this.#moveTo(this.#rows[at - 1]);
      },
      Home: () => {
        this.#moveTo(this.#rows[0]);
      },
      End: () => {
        this.#moveTo(this.#rows.at(-1));
      },
      ArrowRight: () => {
        this.#goIn(row, this.#rows[at + 1]);
      },
      ArrowLeft: () => {
        this.#goOut(row);
      },
      Enter: () => {
        this.#follow(row);
      },
    };
    const move = moves[event.key === " " ? "Enter" : event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  #goIn(row: Row, next: Row | undefined): void {
    if (row.node.children.length === 0) return;
    if (this.#isOpen(row.node)) this.#moveTo(next);
    else this.#toggle(row, true);
  }

  #goOut(row: Row): void {
    if (row.node.children.length > 0 && this.#isOpen(row.node)) this.#toggle(row, false);
    else this.#moveTo(this.#rows.find(({ node }) => node.key === row.parent));
  }

  #click(target: Element): void {
    const item = target.closest("[role=treeitem]");
    const row = this.#rows[item ? [...this.root.children].indexOf(item) : -1];
    if (!row) return;
    this.#moveTo(row);
    if (row.node.children.length > 0 && target.closest(".twisty")) this.#toggle(row, !this.#isOpen(row.node));
    else this.#follow(row);
  }
}

function rowElement({ node, level, position, size }: Row, isOpen: boolean, isCurrent: boolean): HTMLElement {
  const hasChildren = node.children.length > 0;
  const row = element(
    "div",
    {
      role: "treeitem",
      "aria-level": level,
      "aria-posinset": position,
      "aria-setsize": size,
      "aria-expanded": hasChildren ? String(isOpen) : undefined,
      tabindex: isCurrent ? 0 : -1,
      class: ["row", node.decides && "decides", node.outcome === NOT_REACHED && "unreached"].filter(Boolean).join(" "),
      "data-level": Math.min(level, 9),
    },
    element("span", { class: "twisty", "aria-hidden": "true" }, hasChildren ? (isOpen ? "▾" : "▸") : ""),
    element("span", { class: "step" }, ...stepParts(node)),
  );
  return row;
}

function stepParts(node: TreeNode): readonly (Node | string)[] {
  const { outcome, tone, label, because, decides, keys, place } = node;
  return [
    element("span", { class: `badge ${tone}` }, outcome),
    " ",
    element("span", { class: "asked" }, label),
    ...(decides ? [" ", element("strong", { class: "mark" }, "◀ decides")] : []),
    ...(place ? [" ", element("span", { class: "place" }, `${place.file}:${place.line + 1}`)] : []),
    ...(because === "" ? [] : [" ", element("span", { class: "because" }, ...prose(because))]),
    ...(keys.length > 0 ? [" ", keysElement(keys)] : []),
  ];
}

function keysElement(keys: TreeNode["keys"]): HTMLElement {
  const tried = keys.flatMap(({ key, isFound }) => [" ", element(isFound ? "strong" : "code", {}, key)]);
  return element("span", { class: "keys" }, "looked up:", ...tried);
}
