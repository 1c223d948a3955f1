/// <reference lib="dom" />

/**
 * In a webview: whoever comes back from an editor or a dialog is where they were. The window takes the focus from a page that
 * it leaves, and what had it may have been made anew since.
 */
export function returnToFocus(): void {
  let last: HTMLElement | SVGElement | undefined;
  document.addEventListener("focusin", ({ target }) => {
    last = target instanceof HTMLElement || target instanceof SVGElement ? target : undefined;
  });
  window.addEventListener("focus", () => {
    if (!last || document.activeElement !== document.body) return;
    const place = last.isConnected ? last : inPlaceOf(last);
    place?.focus({ preventScroll: true });
  });
}

/** Of the rows of a tree or a picture, one can be reached with the tabulator key. */
function inPlaceOf(gone: HTMLElement | SVGElement): HTMLElement | SVGElement | null {
  return gone.hasAttribute("tabindex") ? document.querySelector("[tabindex='0']") : document.getElementById(gone.id);
}
