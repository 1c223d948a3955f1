import { Uri, type Webview } from "vscode";

/** The page itself: it may run its own script and nothing else, and reach nobody. */
export function pageHtml(webview: Webview, extension: Uri): string {
  const nonce = crypto.randomUUID();
  const script = webview.asWebviewUri(Uri.joinPath(extension, "dist", "view.js")).toString();
  const style = webview.asWebviewUri(Uri.joinPath(extension, "dist", "view.css")).toString();
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${style}">
    <title>Mail Flow: Trace</title>
  </head>
  <body>
    <main></main>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
