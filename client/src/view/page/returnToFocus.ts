import type { TreeView } from "./treeView.ts";

/**
 * Whoever comes back from an editor or a dialog is where they were. The window takes the focus from a page that it leaves,
 * and a step may have been made anew since.
 */
export function returnToFocus(tree: TreeView): void {
  let last: HTMLElement | undefined;
  document.addEventListener("focusin", ({ target }) => {
    last = target instanceof HTMLElement ? target : undefined;
  });
  window.addEventListener("focus", () => {
    if (!last || document.activeElement !== document.body) return;
    const place = last.isConnected ? last : document.getElementById(last.id);
    if (place) place.focus({ preventScroll: true });
    else if (last.role === "treeitem") tree.focus();
  });
}
