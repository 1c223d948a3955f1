// The picture of a configuration and the restriction explorer, as a person sees them.
import assert from "node:assert/strict";
import path from "node:path";
import { testInWorkbench } from "./inWorkbench.mjs";
import { written } from "./written.mjs";

testInWorkbench(
  "the picture of a configuration, and the explorer",
  { example: "restricted-senders" },
  async (workbench, folder) => {
    await workbench.openFile("main.cf");
    await workbench.openTree("Postfix Restrictions");
    await workbench.expand("smtpd_recipient_restrictions");
    await workbench.treeShows("check_sender_access hash:/etc/postfix/restricted_senders");

    await workbench.command("Postfix: Show Mail Flow");
    const picture = await workbench.webview("#stage svg");
    await picture.getByRole("button", { name: "Restriction class local_only" }).waitFor();
    await workbench.screenshot("picture");
    await workbench.checkAccessibility(picture);

    const line = picture.getByRole("button", { name: /^check_sender_access/ });
    await picture.getByLabel("Message").selectOption("localhost → outside");
    await picture.locator(".row.permits").first().waitFor();
    await picture.getByLabel("Message").selectOption("stranger → outside");
    await picture.locator(".row.refuses.decides").first().waitFor();
    for (const theme of ["Dark High Contrast", "Light Modern"]) {
      await workbench.theme(theme);
      await workbench.checkAccessibility(picture);
    }
    await workbench.screenshot("picture-of-a-message");
    // Nobody is held fast: the tabulator key goes through the tools to one line, and out again.
    await picture.locator("#service").focus();
    await workbench.tabTo(picture, "#stage [data-id]");
    await workbench.tabTo(picture, "#service");

    await line.focus();
    await workbench.press("ArrowRight");
    const table = picture.locator('[data-id="table hash:/etc/postfix/restricted_senders"]:focus');
    await table.waitFor();
    await workbench.press("Enter");
    await workbench.tabIsActive("restricted_senders");
    await workbench.editorHasFocus();
    await workbench.goBackTo(table);

    await workbench.saves(() => picture.getByRole("button", { name: "PNG" }).click());
    const png = await written(path.join(folder, "mail-flow-smtp.png"));
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.ok(width > 1000 && height > 200, `${width} × ${height}`);
  },
);
