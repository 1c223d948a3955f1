import { TabInputWebview, ViewColumn, window } from "vscode";

/** Where a page of ours opens: beside the files, in the column of our other page if that is there. */
export function columnBeside(): ViewColumn {
  const isOurs = (input: unknown): boolean =>
    input instanceof TabInputWebview && input.viewType.includes("postfixMailflow.");
  const group = window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => isOurs(input)));
  return group?.viewColumn ?? ViewColumn.Beside;
}
