import { isSeq, parseDocument, stringify } from "yaml";

/** The text of a test file with one more test at the end of its list; undefined: its YAML has mistakes. */
export function appendTest(text: string, test: object): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const tests = document.get("tests", true);
  if (isSeq(tests) && !tests.flow && tests.range) {
    // Nothing but the new lines changes.
    const [start, end] = tests.range;
    const indent = start - (text.lastIndexOf("\n", start - 1) + 1);
    const list = withLineEnd(text.slice(0, end));
    // Where blank lines part the tests, one stands before the new one, too.
    const gap = /\n[ \t]*\n *- /.test(list.slice(start)) && !/\n[ \t]*\n$/.test(list) ? "\n" : "";
    return `${list}${gap}${block(test, indent)}${text.slice(end)}`;
  }
  if (!document.has("tests")) return `${withLineEnd(text)}tests:\n${block(test, 2)}`;
  document.setIn(["tests"], document.createNode([...(isSeq(tests) ? tests.items : []), test]));
  return document.toString({ lineWidth: 0 });
}

function block(test: object, indent: number): string {
  return stringify([test], { lineWidth: 0 }).replace(/^(?=.)/gm, " ".repeat(indent));
}

function withLineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
