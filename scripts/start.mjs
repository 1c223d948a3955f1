// npm start: from a fresh clone to the main job. Checks every example and traces each of its messages.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { build, heading, installPackages, root, runNode } from "./steps.mjs";

const failures = [];

installPackages();
build();
const examples = directoriesIn("examples");
for (const example of examples) {
  check(example);
  for (const message of messagesOf(example)) trace(example, message);
}
close();

function check(example) {
  heading(`${example}: what the check finds`);
  const status = runNode(["dist/cli.js", "check", example]);
  // 1 means "there are findings", which is what an example is for.
  if (status > 1) failures.push(`check ${example}`);
}

function trace(example, { file, title }) {
  heading(`${example}: ${title}`);
  if (runNode(["dist/cli.js", "trace", "--config", example, "--case", file]) !== 0) failures.push(`trace of ${file}`);
}

function close() {
  console.log();
  if (examples.length === 0) failures.push("no directory under examples/");
  for (const failure of failures) console.error(`Failed: ${failure}`);
  if (failures.length > 0) process.exit(2);
  console.log(`Done: ${examples.length} examples. \`npm run editor\` opens them in VS Code.`);
}

function directoriesIn(parent) {
  const entries = readdirSync(path.join(root, parent), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)
    .sort();
}

function messagesOf(example) {
  const directory = `${example}/messages`;
  if (!existsSync(path.join(root, directory))) return [];
  const files = readdirSync(path.join(root, directory)).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) => ({ file: `${directory}/${name}`, title: titleOf(`${directory}/${name}`) }));
}

function titleOf(file) {
  try {
    const { title } = JSON.parse(readFileSync(path.join(root, file), "utf8"));
    if (typeof title === "string") return title;
  } catch {
    // Not our business here: the trace names what is wrong with the file.
  }
  return path.basename(file, ".json").replaceAll("-", " ");
}
