import { classLens } from "./lenses/classLens.ts";
import type { LensProvider } from "./lenses/lensProvider.ts";
import { listLens } from "./lenses/listLens.ts";
import { relayLens } from "./lenses/relayLens.ts";
import { tableLens } from "./lenses/tableLens.ts";
import { traceLens } from "./lenses/traceLens.ts";

/** All kinds of code lenses, in the order in which they stand beside each other. */
export const LENS_PROVIDERS: readonly LensProvider[] = [listLens, classLens, tableLens, relayLens, traceLens];
