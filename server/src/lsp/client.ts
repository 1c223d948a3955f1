import { MarkupContent, type ClientCapabilities, type InitializeParams, type MarkupKind } from "vscode-languageserver";
import { plainText } from "../features/plainText.ts";
import { isRecord } from "../text/isRecord.ts";

/** What the editor said of itself when it started. */
export class Client {
  readonly capabilities: ClientCapabilities;
  /** What the editor begins with: settings, and what it has for us. */
  readonly options: Readonly<Record<string, unknown>>;

  constructor({ capabilities, initializationOptions }: InitializeParams) {
    this.capabilities = capabilities;
    this.options = isRecord(initializationOptions) ? initializationOptions : {};
  }

  /** `commands` in its options are the names of the commands that it has for us. */
  hasCommand(name: string): boolean {
    return includes(this.options["commands"], name);
  }

  /** `notifications` in its options are those of ours that it understands; others complain of what they do not know. */
  takesNotification(name: string): boolean {
    return includes(this.options["notifications"], name);
  }

  /** Markdown as it is, or as plain text where an editor says that it shows nothing else: here, or at least in hovers. */
  readable<Content>(content: Content, here?: readonly MarkupKind[]): Content | MarkupContent {
    const formats = here ?? this.capabilities.textDocument?.hover?.contentFormat;
    if (!formats || formats.includes("markdown") || !MarkupContent.is(content)) return content;
    return { kind: "plaintext", value: plainText(content.value) };
  }

  /** Whether an edit of ours may give a file another name. */
  get renamesFiles(): boolean {
    const { documentChanges, resourceOperations } = this.capabilities.workspace?.workspaceEdit ?? {};
    return documentChanges === true && resourceOperations?.includes("rename") === true;
  }
}

function includes(names: unknown, name: string): boolean {
  return Array.isArray(names) && names.includes(name);
}
