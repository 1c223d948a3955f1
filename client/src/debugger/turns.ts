/** Runs what it is given one after another, and tells when each is done. None may throw. */
export function turns(): (run: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (run) => (last = last.then(run));
}
