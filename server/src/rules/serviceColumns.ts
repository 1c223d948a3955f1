import type { Project } from "../config/project.ts";
import type { MasterEntry, MasterWord } from "../syntax/masterCf.ts";

/** The columns of a service in master.cf by name. See master(5). */
export interface ServiceColumns {
  readonly entry: MasterEntry;
  readonly name: MasterWord;
  readonly type: MasterWord;
  readonly private: MasterWord;
  readonly unprivileged: MasterWord;
  readonly chroot: MasterWord;
  readonly wakeup: MasterWord;
  readonly limit: MasterWord;
  readonly command: MasterWord;
}

/** The services of master.cf, in its order. An entry always has all eight columns. */
export function* serviceColumns({ masterCf }: Project): Generator<ServiceColumns> {
  for (const node of masterCf?.nodes ?? []) {
    if (node.kind !== "service") continue;
    const [name, type, isPrivate, unprivileged, chroot, wakeup, limit, command] = node.columns as Eight;
    yield { entry: node, name, type, private: isPrivate, unprivileged, chroot, wakeup, limit, command };
  }
}

type Eight = readonly [MasterWord, MasterWord, MasterWord, MasterWord, MasterWord, MasterWord, MasterWord, MasterWord];
