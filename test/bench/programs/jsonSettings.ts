import type { LanguageSettings } from "vscode-json-languageservice";

/** A schema as simple as the files: every name has a text. */
export const JSON_SETTINGS: LanguageSettings = {
  validate: true,
  schemas: [
    {
      uri: "schema:/table",
      fileMatch: ["*"],
      schema: { type: "object", description: "Actions", additionalProperties: { type: "string", description: "x" } },
    },
  ],
};
