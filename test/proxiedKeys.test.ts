import assert from "node:assert/strict";
import { test } from "node:test";
import { mainConfiguration } from "../server/src/config/configurations.ts";
import type { LookupResult } from "../server/src/config/table.ts";
import { projectOfCase } from "../server/src/evaluate/caseProject.ts";
import type { Release } from "../server/src/postfix/release.ts";

/** What a table whose key is written with a capital finds, asked through proxymap. */
function find(release: Release): LookupResult["kind"] {
  const files = { "main.cf": "virtual_alias_maps = proxy:texthash:/etc/postfix/t\n", t: "Joe OK\n" };
  const configuration = mainConfiguration(projectOfCase({ files, message: { client_address: "192.0.2.1" } }, release));
  return configuration.table("proxy:texthash:/etc/postfix/t").lookup("joe", () => ({ kind: "not found" })).kind;
}

test("proxymap folds the keys of a table that it keeps in memory since 3.11", () => {
  const releases = ["3.5", "3.10", "3.11", "3.12"] as const;
  assert.deepEqual(releases.map(find), ["not found", "not found", "found", "found"]);
});
