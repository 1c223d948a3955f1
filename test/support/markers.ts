/** What a note in an example says: a finding with this message at these columns. Lines and columns count from 0. */
export interface Marker {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** The files of an annotated text and what its notes say. The notes are comments to Postfix and stay in the files. */
export interface Marked {
  readonly files: ReadonlyMap<string, string>;
  readonly markers: readonly Marker[];
}

/**
 * Reads an annotated text: `#   ^^^ message` marks columns of the line above, `#<--- message` its first columns,
 * `#- name` begins the next file. The first file is main.cf.
 */
export function marked(source: string): Marked {
  const files = new Map<string, string>();
  const markers: Marker[] = [];
  let file = "main.cf";
  let lines: string[] = [];
  let subject = 0;
  for (const line of source.replace(/^\n/, "").split("\n")) {
    const next = /^#- (\S+)$/.exec(line)?.[1];
    if (next !== undefined) {
      files.set(file, `${lines.join("\n")}\n`);
      [file, lines] = [next, []];
      continue;
    }
    const note = noteIn(line);
    if (note) markers.push({ file, line: subject, ...note });
    else subject = lines.length;
    lines.push(line);
  }
  files.set(file, lines.join("\n"));
  return { files, markers };
}

function noteIn(line: string): Pick<Marker, "start" | "end" | "message"> | undefined {
  const match = /^#( *)(\^+|<-*) (.+)$/.exec(line);
  if (!match) return undefined;
  const [, blanks = "", mark = "", message = ""] = match;
  if (mark.startsWith("<")) return blanks === "" ? { start: 0, end: mark.length + 1, message } : undefined;
  const start = blanks.length + 1;
  return { start, end: start + mark.length, message };
}
