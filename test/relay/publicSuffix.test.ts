import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "tldts";
import { publicSuffixOf } from "../../server/src/relay/publicSuffix.ts";
import LINES from "../../server/src/relay/publicSuffixes.txt";

/** As the list says; a top-level domain that has only rules with `*` counts as known to us, and not to the package. */
function expected(domain: string): string | undefined {
  const { publicSuffix, isIcann } = parse(domain, { validateHostname: false, extractHostname: false, detectIp: false });
  return isIcann === true ? (publicSuffix ?? undefined) : undefined;
}

const RULES = LINES.trim()
  .split("\n")
  .flatMap((line) => {
    const [top = "", ...below] = line.split(/:? /);
    return [top.replace(":", ""), ...below.map((rule) => `${rule}.${top}`)];
  });

test("every rule of the list is obeyed, and what stands below it", () => {
  for (const rule of RULES) {
    const name = rule.replace("!", "").replace("*", "any");
    for (const domain of [name, `b.${name}`, `a.b.${name}`]) {
      const suffix = expected(domain);
      if (suffix !== undefined) assert.equal(publicSuffixOf(domain), suffix, domain);
    }
  }
});

test("other names have the suffix that the package tldts finds", () => {
  const label = fc.constantFrom("a", "www", "co", "com", "uk", "jp", "ck", "kobe", "city", "xn--p1ai", "local", "1");
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
      const domain = labels.join(".");
      const suffix = expected(domain);
      if (suffix !== undefined) assert.equal(publicSuffixOf(domain), suffix);
    }),
  );
});

test("a name below no top-level domain of the list has none", () => {
  for (const name of ["", "local", "mail.local", "192.0.2.1", "com."])
    assert.equal(publicSuffixOf(name), undefined, name);
});
