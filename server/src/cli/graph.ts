import { noService } from "../evaluate/inputs/service.ts";
import { mailFlowPicture } from "../features/mailFlowGraph/mailFlowPicture.ts";
import { oneOf, parseOptions, releaseFrom } from "./options.ts";
import { readProject } from "./readProject.ts";
import { GRAPH_USAGE, UsageError } from "./usage.ts";

const OPTIONS = { config: { type: "string" }, service: { type: "string" }, format: { type: "string" } } as const;

/** `graph`: the configuration of a service as a picture. */
export async function graph(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    process.stdout.write(GRAPH_USAGE);
    return 0;
  }
  if (positionals[0] !== undefined) throw new UsageError(`graph takes no argument \`${positionals[0]}\``);
  const format = oneOf("format", values.format ?? "mermaid", ["mermaid", "svg"] as const);
  const release = releaseFrom(values["postfix-version"]);
  const project = await readProject(values.config ?? ".", { release });
  const picture = mailFlowPicture(project, values.service);
  if (!picture) throw new UsageError(noService(values.service, project));
  process.stdout.write(format === "svg" ? picture.svg("file") : picture.mermaid());
  return 0;
}
