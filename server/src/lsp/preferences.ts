import type { ClientCapabilities, Connection } from "vscode-languageserver";
import { STANDARD_HINTS, type InlayHintSettings } from "../features/inlayHints.ts";
import { isRecord } from "../text/isRecord.ts";

/** What a person wants to see. It changes nothing in what is true of a project. */
export class Preferences {
  readonly #connection: Connection;
  #refreshes = false;
  #inlayHints: InlayHintSettings = STANDARD_HINTS;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get inlayHints(): InlayHintSettings {
    return this.#inlayHints;
  }

  setCapabilities({ workspace }: ClientCapabilities): void {
    this.#refreshes = workspace?.inlayHint?.refreshSupport ?? false;
  }

  /** Takes the settings of the editor; what is missing or no boolean stays at its standard. */
  take(settings: unknown): void {
    const given = property(settings, "inlayHints");
    const choice = (name: keyof InlayHintSettings): boolean => {
      const value = property(given, name);
      return typeof value === "boolean" ? value : STANDARD_HINTS[name];
    };
    const before = JSON.stringify(this.#inlayHints);
    this.#inlayHints = {
      references: choice("references"),
      classes: choice("classes"),
      timeUnits: choice("timeUnits"),
    };
    if (this.#refreshes && JSON.stringify(this.#inlayHints) !== before) {
      void this.#connection.languages.inlayHint.refresh();
    }
  }
}

function property(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
