/** The numbers of the language server protocol; importing its code would bring the connection along. */
export const SYMBOL = { file: 1, module: 2, class: 5, property: 7, constant: 14, array: 18, key: 20 } as const;
