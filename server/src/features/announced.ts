// What an editor is told before any feature is loaded.

/** Characters behind which something new may stand: completion. */
export const TRIGGER_CHARACTERS: readonly string[] = ["$", "{", ":", "/", "=", ",", " "];

/** Characters behind which an argument begins: signature help. */
export const SIGNATURE_CHARACTERS: readonly string[] = [" ", "{", ","];

/** The kind of the code action that mends a whole file; editors may run it when a file is saved. */
export const FIX_ALL = "source.fixAll.postfixMailflow";
