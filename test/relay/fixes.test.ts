import assert from "node:assert/strict";
import { test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { relayFixes, type RelayFix } from "../../server/src/relay/relayFixes.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import type { Configuration } from "../../server/src/config/configuration.ts";
import { KNOWN } from "./verdicts.ts";
import { WAYS } from "./waysToRelay.ts";

type Files = Readonly<Record<string, string>>;

function configurationOf(files: Files): Configuration {
  return plainConfiguration(projectOfCase({ files, message: { client_address: "" } }));
}

/** The files with a fix, read anew. */
function withFix(files: Files, { file, edits }: RelayFix): Files {
  return { ...files, [file]: applyEdits(files[file] ?? "", edits) };
}

for (const verdict of ["open", "depends"] as const) {
  test(`what is ${verdict} is closed by the fixes that say so, and never opened further`, () => {
    let closing = 0;
    for (const { title, files } of [...KNOWN, ...WAYS].filter((way) => way.verdict === verdict)) {
      const configuration = configurationOf(files);
      const { witnesses } = relayAnalysis(configuration);
      for (const fix of witnesses.flatMap((witness) => relayFixes(configuration, witness))) {
        const after = relayAnalysis(configurationOf(withFix(files, fix)));
        if (fix.closes) closing += 1;
        assert.equal(after.verdict === "closed", fix.closes, `${title}: ${fix.title}`);
        assert.ok(after.witnesses.length <= witnesses.length, `${title}: ${fix.title}`);
      }
    }
    assert.ok(closing >= 5, `${closing} fixes close`);
  });
}
