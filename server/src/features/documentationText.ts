import type { Documentation } from "./documentation.ts";
import { code, paragraphs } from "./markdown.ts";

/** Documentation as Markdown. */
export function documentationText(found: Documentation): string {
  return paragraphs(
    `**${code(found.title)}** — ${found.what}`,
    ...documentationBody(found),
    documentationFooter(found),
  );
}

/** What comes below the title. */
export function documentationBody({ summary, details, example }: Documentation): readonly (string | undefined)[] {
  return [summary, details, example && `\`\`\`\`postfix-main\n${example}\n\`\`\`\``];
}

/** What comes last. */
export function documentationFooter({ facts, seeAlso, manual }: Documentation): string {
  const also = seeAlso.length > 0 ? [`See also ${seeAlso.map((name) => code(name)).join(", ")}.`] : [];
  return paragraphs([...facts, ...also].join(" "), `[Manual](${manual})`);
}
