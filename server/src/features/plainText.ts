/** Our Markdown for an editor that shows plain text: words and `code` in their marks, as messages have them. */
export function plainText(markdown: string): string {
  return markdown.replace(MARKED, (all, ...groups: readonly (string | undefined)[]) => {
    const [, block, , bold, label, target] = groups;
    if (block !== undefined) return block;
    if (bold !== undefined) return plainText(bold);
    if (label === undefined || target === undefined) return all;
    return target.startsWith("http") ? `${plainText(label)}: ${target}` : plainText(label);
  });
}

/** A block of code, code in a line, bold words, or a link. */
const MARKED = /^(`{3,})[\w-]*\n([^]*?)\n\1$|(`+).*?\3(?!`)|\*\*(.*?)\*\*|\[([^\]]*)\]\(([^)]*)\)/gm;
