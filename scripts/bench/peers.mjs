import { histfactory } from "./peers/histfactory.mjs";
import { native } from "./peers/native.mjs";
import { nextstat } from "./peers/nextstat.mjs";
import { node } from "./peers/node.mjs";
import { pyhf, pyhfJax, pyhfMinuit } from "./peers/pyhf.mjs";
import { root } from "./peers/root.mjs";

/** What the others are measured against. */
export const own = histfactory;

/**
 * Who is measured, a line each in the table. A peer has
 *
 * - `name`;
 * - `tasks`: the names of those it does;
 * - `command(options)`: the program and its arguments, or `undefined` where the options do not name what it needs. It
 *   speaks the lines of JSON that `worker.mjs` describes. Left out where it does none of the tasks that need it;
 * - `program(options, workspace)`: for the task `command`, `{ command, read }` as `program.mjs` takes them;
 * - `build()`: makes what it runs, where that is not there;
 * - `compiled`: whether it takes compiled models, as `flat.mjs` writes them;
 * - `starts`: in how many processes its first call is timed; one where left out;
 * - `compiles`: whether its first call compiles what later ones only run;
 * - `toyShare`: the share of a case's toys that it makes, as all would take too long;
 * - `exact`: whether its values must be ours to the last bit;
 * - `notes`: what to know about its answer to a task, by the name of the task;
 * - `install`: what to install with pip where it says that something is missing.
 */
export const peers = [own, native, pyhf, pyhfMinuit, pyhfJax, root, nextstat, node];
