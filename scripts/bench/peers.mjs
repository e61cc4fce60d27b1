import { histfactory } from "./peers/histfactory.mjs";
import { pyhf, pyhfMinuit } from "./peers/pyhf.mjs";

/** What the others are measured against. */
export const own = histfactory;

/**
 * Who is measured, a column each. A peer has
 *
 * - `name`;
 * - `command(options)`: the program and its arguments, or `undefined` where the options do not name what it needs. It
 *   speaks the lines of JSON that `worker.mjs` describes;
 * - `tasks`: the names of those it does; all where left out;
 * - `starts`: in how many processes its first call is timed; one where left out;
 * - `notes`: what to know about its answer to a task, by the name of the task;
 * - `install`: what to install with pip where it says that something is missing;
 * - `optional`: whether the others are measured without it then.
 */
export const peers = [own, pyhf, pyhfMinuit];
