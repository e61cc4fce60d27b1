import * as v from "valibot";
import { firstHole } from "./sparseArray.js";

/** A list without holes. An array of four thousand million holes would otherwise be walked to its end. */
export function list<Item extends v.GenericSchema>(item: Item) {
	return v.pipe(
		v.custom<unknown[]>((value) => Array.isArray(value) && firstHole(value) === undefined, "list"),
		v.array(item, "list"),
	);
}

/** A list without holes and with at least one entry. */
export function filledList<Item extends v.GenericSchema>(item: Item) {
	return v.pipe(list(item), v.minLength(1, "filled list"));
}
