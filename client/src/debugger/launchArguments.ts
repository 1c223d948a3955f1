import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Message } from "../../../server/src/evaluate/message.ts";

/** What a launch configuration says. */
export interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  /** A file of the configuration. */
  readonly config: string;
  readonly service?: string;
  /** The message, or the title of a preset. */
  readonly message?: Message;
  readonly preset?: string;
  readonly answers?: Readonly<Record<string, string>>;
  /** Whether to stop before the first step; it does unless this is false. */
  readonly stopOnEntry?: boolean;
}
