import { oneLbb } from "./cases/oneLbb.mjs";
import { sbottomA } from "./cases/sbottomA.mjs";
import { sleptons } from "./cases/sleptons.mjs";
import { twoBins } from "./cases/twoBins.mjs";

/**
 * The models that are measured, from the smallest. A case has a `name` to choose it by, a `title`, a word on its
 * `source`, and `open()`, which gives `workspace` and `patches` as JSON text or throws `MissingFile`.
 */
export const cases = [twoBins, sbottomA, oneLbb, sleptons];
