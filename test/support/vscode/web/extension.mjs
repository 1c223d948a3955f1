// Has a workbench run an extension in a worker of the browser, as the server of a web extension's developer does.

/** Before the page is loaded: adds the extension at this address to the options of the workbench. */
export async function addWebExtension(page, address) {
  const { protocol, host } = new URL(address);
  await page.addInitScript(addExtension, { scheme: protocol.replace(":", ""), authority: host, path: "/" });
}

/** Runs in the page. */
function addExtension(extension) {
  const { prototype } = globalThis.Element;
  const get = prototype.getAttribute;
  prototype.getAttribute = function (name) {
    const value = get.call(this, name);
    if (this.id !== "vscode-workbench-web-configuration" || name !== "data-settings") return value;
    const options = JSON.parse(value);
    return JSON.stringify({
      ...options,
      developmentOptions: { ...options.developmentOptions, extensions: [extension] },
    });
  };
}
