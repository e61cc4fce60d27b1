/** The version of this package, as in package.json. Files of toy studies carry it, for another version may make other toys. */
export const VERSION = "0.1.0";
