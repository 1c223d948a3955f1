/** What the debug adapter takes from Node's `url`; a browser has it as a global. */
export const URL = globalThis.URL;
