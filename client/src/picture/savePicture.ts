import { Uri, window, workspace } from "vscode";

export interface PictureFile {
  readonly extension: keyof typeof KINDS;
  readonly content: Uint8Array;
}

/** Asks where a picture is to be kept, beside the configuration by default, and writes it. */
export async function savePicture(uri: string, service: string, { extension, content }: PictureFile): Promise<void> {
  const name = `mail-flow-${service.replace(/[^A-Za-z0-9_-]+/g, "-")}.${extension}`;
  const file = await window.showSaveDialog({
    defaultUri: Uri.joinPath(Uri.parse(uri), "..", name),
    filters: { [KINDS[extension]]: [extension] },
    title: "Save the Picture",
  });
  if (file) await workspace.fs.writeFile(file, content);
}

const KINDS = { svg: "SVG", mmd: "Mermaid", png: "PNG" } as const;
