/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Picture } from "../../../server/src/lsp/protocol.ts";

const SMALLEST = 0.1;
const LARGEST = 8;
/** The first look may leave something outside, but it can be read. */
const READABLE = 0.75;
/** A pointer that moves less has clicked. */
const DRAG = 4;

/** Shows the picture: zoom, pan, and a way from line to line for the keyboard. */
export class Stage {
  readonly #root: HTMLElement;
  readonly #open: (id: string) => void;
  #scale = 1;
  #svg: SVGSVGElement | undefined;
  #lines: readonly SVGGElement[] = [];
  #calls: Picture["calls"] = {};
  #current: string | undefined;
  #decided: string | undefined;
  #drag: { readonly x: number; readonly y: number; moved: boolean } | undefined;

  constructor(root: HTMLElement, open: (id: string) => void) {
    this.#root = root;
    this.#open = open;
    root.addEventListener("click", ({ target }) => {
      this.#click(target);
    });
    root.addEventListener("focusin", ({ target }) => {
      this.#take(lineOf(target));
    });
    root.addEventListener("keydown", (event) => {
      if (this.#key(event.key)) event.preventDefault();
    });
    root.addEventListener("wheel", (event) => {
      this.#wheel(event);
    });
    this.#listenToPointer();
  }

  /** Another picture; what was looked at stays in place where it is still there. */
  show(picture: Picture | undefined): void {
    const hadFocus = this.#root.contains(document.activeElement);
    const isFirst = this.#svg === undefined;
    this.#svg = picture && parse(picture.svg);
    this.#root.replaceChildren(...(this.#svg ? [this.#svg] : []));
    this.#lines = [...this.#root.querySelectorAll<SVGGElement>("[data-id]")];
    this.#calls = picture?.calls ?? {};
    const kept = this.#lines.find((line) => idOf(line) === this.#current) ?? this.#lines[0];
    this.#take(kept);
    if (isFirst) this.fit(READABLE);
    else this.#resize();
    if (hadFocus) kept?.focus();
    this.#showDecision();
  }

  /** What decides is brought into sight, but only once: who reads elsewhere while editing stays there. */
  #showDecision(): void {
    const line = this.#lines.findLast(({ classList }) => classList.contains("decides"));
    const decided = line && idOf(line);
    if (decided !== this.#decided) line?.scrollIntoView({ block: "nearest", inline: "center" });
    this.#decided = decided;
  }

  zoom(factor: number, at = { x: this.#root.clientWidth / 2, y: this.#root.clientHeight / 2 }): void {
    const before = this.#scale;
    this.#scale = Math.min(LARGEST, Math.max(SMALLEST, before * factor));
    const { scrollLeft, scrollTop } = this.#root;
    this.#resize();
    const grown = this.#scale / before;
    this.#root.scrollTo((scrollLeft + at.x) * grown - at.x, (scrollTop + at.y) * grown - at.y);
  }

  /** All of the picture, but not larger than it is; `smallest` keeps the texts readable. */
  fit(smallest = SMALLEST): void {
    if (!this.#svg) return;
    const { width, height } = this.#svg.viewBox.baseVal;
    const fitting = Math.min(this.#root.clientWidth / width, this.#root.clientHeight / height, 1);
    this.#scale = Math.max(smallest, fitting);
    this.#resize();
  }

  #resize(): void {
    if (!this.#svg) return;
    const { width, height } = this.#svg.viewBox.baseVal;
    this.#svg.setAttribute("width", String(Math.floor(width * this.#scale)));
    this.#svg.setAttribute("height", String(Math.floor(height * this.#scale)));
  }

  /** The tab key comes to one line only. */
  #take(line: SVGGElement | undefined): void {
    if (!line) return;
    for (const other of this.#lines) other.setAttribute("tabindex", other === line ? "0" : "-1");
    this.#current = idOf(line);
  }

  #click(target: EventTarget | null): void {
    const line = this.#drag?.moved ? undefined : lineOf(target);
    this.#drag = undefined;
    if (!line) return;
    line.focus();
    this.#open(idOf(line));
  }

  #key(key: string): boolean {
    const run = this.#keys[key];
    run?.();
    return run !== undefined;
  }

  readonly #keys: Readonly<Partial<Record<string, () => void>>> = {
    "+": () => {
      this.zoom(1.25);
    },
    "=": () => {
      this.zoom(1.25);
    },
    "-": () => {
      this.zoom(1 / 1.25);
    },
    "0": () => {
      this.fit();
    },
    ArrowDown: () => {
      this.#go(this.#lines[this.#index() + 1]);
    },
    ArrowUp: () => {
      this.#go(this.#lines[this.#index() - 1]);
    },
    ArrowRight: () => {
      this.#go(this.#line(this.#calls[this.#current ?? ""]));
    },
    ArrowLeft: () => {
      this.#go(this.#caller());
    },
    Home: () => {
      this.#go(this.#lines[0]);
    },
    End: () => {
      this.#go(this.#lines.at(-1));
    },
    Enter: () => {
      this.#open(this.#current ?? "");
    },
    " ": () => {
      this.#open(this.#current ?? "");
    },
  };

  #index(): number {
    return this.#lines.findIndex((line) => idOf(line) === this.#current);
  }

  #line(id: string | undefined): SVGGElement | undefined {
    return this.#lines.find((line) => idOf(line) === id);
  }

  /** The first line that leads to the box that the current one stands in. */
  #caller(): SVGGElement | undefined {
    const head = this.#line(this.#current)?.parentElement?.querySelector<SVGGElement>("[data-id]");
    const call = Object.entries(this.#calls).find(([, to]) => head && to === idOf(head));
    return this.#line(call?.[0]);
  }

  #go(line: SVGGElement | undefined): void {
    line?.focus();
    line?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = this.#root.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - left, y: event.clientY - top });
  }

  #listenToPointer(): void {
    const root = this.#root;
    root.addEventListener("pointerdown", ({ button, clientX: x, clientY: y }) => {
      this.#drag = button === 0 ? { x, y, moved: false } : undefined;
    });
    root.addEventListener("pointermove", ({ buttons, clientX, clientY, movementX, movementY, pointerId }) => {
      const drag = this.#drag;
      if (!drag || buttons === 0) return;
      if (!drag.moved && Math.hypot(clientX - drag.x, clientY - drag.y) < DRAG) return;
      drag.moved = true;
      root.setPointerCapture(pointerId);
      root.classList.add("dragging");
      root.scrollBy(-movementX, -movementY);
    });
    root.addEventListener("pointerup", () => {
      root.classList.remove("dragging");
    });
  }
}

/** Reads an SVG; it has no scripts, and the page would not run them. */
function parse(svg: string): SVGSVGElement | undefined {
  const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
  return documentElement instanceof SVGSVGElement ? document.importNode(documentElement, true) : undefined;
}

function lineOf(target: EventTarget | null): SVGGElement | undefined {
  return target instanceof Element ? (target.closest<SVGGElement>("[data-id]") ?? undefined) : undefined;
}

function idOf(line: SVGGElement): string {
  return line.dataset["id"] ?? "";
}
