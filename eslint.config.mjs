import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const BUDGETS = {
  "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
  "max-params": ["error", 4],
  complexity: ["error", 10],
};

const NO_TESTS = { group: ["../../../test/*", "**/test/**"], message: "The product does not import its tests." };
const NO_NODE = {
  group: ["node:*", "vscode-languageclient/node", "vscode-languageserver/node"],
  message: "This runs in a browser, too.",
};

export default defineConfig(
  globalIgnores(["dist/", ".build/", ".vscode-test/", "node_modules/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...BUDGETS,
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name: a file is named after what it exports." },
        { selector: "ExportAllDeclaration", message: "No re-exports: import from where the thing is." },
        { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
      ],
    },
  },
  {
    files: ["client/**/*.ts", "server/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [NO_TESTS] }],
    },
  },
  {
    // All but the entries for Node runs in a browser worker, too.
    files: ["client/**/*.ts", "server/**/*.ts"],
    ignores: [
      "client/src/extension.ts",
      "server/src/cli/**/*.ts",
      "server/src/lsp/main.ts",
      "server/src/start/**/*.ts",
      "server/src/workspace/nodeHost.ts",
    ],
    rules: { "no-restricted-imports": ["error", { patterns: [NO_TESTS, NO_NODE] }] },
  },
  {
    // Tables.
    files: ["server/src/postfix/**/*.ts", "test/support/mistakes.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      // node:test and mocha return promises that they await themselves.
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", name: ["test", "describe", "it", "suite"], package: "node:test" },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        URL: "readonly",
        fetch: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
      },
    },
  },
);
