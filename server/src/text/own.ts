/** What a table of ours holds by a name that comes from outside. Plain indexing would find `constructor` in every table. */
export function own<T>(table: Readonly<Partial<Record<string, T>>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
