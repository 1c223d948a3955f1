// The configuration of docs/editors.md in the real Neovim.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

const FILES: Readonly<Record<string, string>> = {
  "main.cf": `compatibility_level = 3.6
smtpd_restriction_classes = local_only
local_only = permit_mynetworks, reject
smtpd_helo_restrictions = no_such_thing
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
`,
  senders: "intern@example.com local_only\n",
};

/** What the steps of `neovim.lua` have seen. */
interface Seen {
  readonly missing?: string;
  readonly main?: { readonly filetype: string; readonly codes: readonly string[] };
  readonly hover?: string;
  readonly senders?: {
    readonly filetype: string;
    readonly lines: readonly string[];
    readonly codes: readonly string[];
  };
}

const version = /^NVIM v(\d+)\.(\d+)/.exec(spawnSync("nvim", ["--version"], { encoding: "utf8" }).stdout);
const mayMiss = process.env["CI"] !== "true" || process.platform !== "linux";
const skip = !version && mayMiss && "Neovim is not installed";

test("Neovim with the configuration of docs/editors.md", { skip, timeout: 90_000 }, () => {
  assert.ok(version, "Neovim is installed");
  const isNew = Number(version[1]) > 0 || Number(version[2]) >= 11;
  const configuration = luaBlocks()[isNew ? 0 : 1] ?? "";
  assert.ok(configuration.includes('"server", "--stdio"'));
  const seen = runNeovim(configuration);
  assert.equal(seen.missing, undefined);
  assert.equal(seen.main?.filetype, "pfmain");
  assert.match(seen.hover ?? "", /Permits when the client matches `mynetworks`/);
  assert.equal(seen.senders?.filetype, "postfix-table");
  assert.deepEqual(seen.senders.lines, ["intern@example.com inside_only"]);
});

/** The Lua of the documentation: for the present Neovim, and for those before 0.11. */
function luaBlocks(): readonly string[] {
  return readFileSync("docs/editors.md", "utf8")
    .split("```")
    .flatMap((block) => (block.startsWith("lua\n") ? [block.slice("lua\n".length)] : []));
}

function runNeovim(configuration: string): Seen {
  const home = mkdtempSync(path.join(tmpdir(), "mailflow-neovim-"));
  try {
    const [folder, init, seen] = [path.join(home, "postfix"), path.join(home, "init.lua"), path.join(home, "seen")];
    mkdirSync(folder);
    for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
    writeFileSync(init, configuration);
    const program = path.join(home, "postfix-mailflow");
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${path.resolve("dist/cli.js")}" "$@"\n`);
    chmodSync(program, 0o755);
    const run = spawnSync("nvim", ["--clean", "--headless", "-n", "-c", `luafile ${init}`, "-c", `luafile ${STEPS}`], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
      env: {
        ...process.env,
        HOME: home,
        XDG_STATE_HOME: home,
        PATH: `${home}:${process.env["PATH"] ?? ""}`,
        FOLDER: folder,
        SEEN: seen,
      },
    });
    assert.ok(existsSync(seen), run.stderr);
    return JSON.parse(readFileSync(seen, "utf8")) as Seen;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const STEPS = path.resolve("test/lsp/neovim.lua");
