import assert from "node:assert/strict";

/** Checks that a text is XML as we write it: tags that match, values in double quotes, nothing that is not escaped. */
export function assertWellFormed(xml: string): void {
  const open: string[] = [];
  let at = 0;
  for (const match of xml.matchAll(TOKEN)) {
    assert.equal(match.index, at, `not XML: ${xml.slice(at, at + 80)}`);
    at += match[0].length;
    const [, slash, name, single] = match;
    if (name === undefined || single === "/") continue;
    if (slash === "/") assert.equal(open.pop(), name);
    else open.push(name);
  }
  assert.equal(at, xml.length, `not XML: ${xml.slice(at, at + 80)}`);
  assert.deepEqual(open, []);
}

const TOKEN = /<(\/?)([A-Za-z]+)(?: [A-Za-z-]+="(?:[^"<&]|&#\d+;)*")*(\/?)>|(?:[^<&]|&#\d+;)+/g;
