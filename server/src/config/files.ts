/** What stands at a path. Everything but `text` says in words why there is no text to work with. */
export type FileContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly because: string };

/** The files of a project by name: the path relative to the project's directory, `main.cf`, `tables/access`. */
export type Files = ReadonlyMap<string, FileContent>;
