import { enhancedCodeLength } from "./reply.ts";
import type { Run } from "./run.ts";
import { fillIn, sessionAttribute } from "./template.ts";

/**
 * Appends the lines of a footer, which `\\n` separates, to a reply; `\\c` at its start joins it to the line that is there.
 * A malformed footer is left out. See smtp_reply_footer.c, smtp_reply_footer().
 */
export function withFooter(run: Run, line: string): string {
  const template = footerFor(run, line);
  if (template === "") return line;
  const joined = template.startsWith("\\c");
  const lines: string[] = [];
  for (const text of (joined ? template.slice(2) : template).split("\\n")) {
    const filled = fillIn(run, text, (name) => sessionAttribute(run, name));
    if (filled.problems) return line;
    lines.push(filled.text);
  }
  const code = line.slice(0, 3);
  const enhanced = line.slice(4, 4 + enhancedCodeLength(line.slice(4)));
  const begin = enhanced === "" ? "" : `${enhanced} `;
  const first = joined ? line + (lines.shift() ?? "") : line;
  const all = [first, ...lines.map((text) => `${code} ${begin}${text}`)];
  return all.map((text, at) => (at < all.length - 1 ? `${code}-${text.slice(4)}` : text)).join("\n");
}

/** smtpd_reject_footer_maps, or else smtpd_reject_footer. See smtpd_chat.c, vsmtpd_chat_reply(). */
function footerFor({ settings, ask }: Run, line: string): string {
  for (const table of settings.maps("smtpd_reject_footer_maps")) {
    const result = table.lookup(line, ask.action);
    if (result.kind === "error") break;
    if (result.kind === "found") return result.value;
  }
  return settings.rejectFooter;
}
