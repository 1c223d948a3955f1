import { watch } from "node:fs";

/** Editors write a file in several steps. */
const PAUSE_MS = 100;

/** Comes true when something has changed in one of the files, or right inside one of the directories. */
export function nextChange(targets: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const watchers = [...new Set(targets)].map((target) =>
      watch(target, () => {
        timer ??= setTimeout(() => {
          for (const watcher of watchers) watcher.close();
          resolve();
        }, PAUSE_MS);
      }),
    );
  });
}
