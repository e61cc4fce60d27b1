import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as histfactory from "histfactory/slim";
import { probe } from "./probe.js";

await histfactory.init(readFile(fileURLToPath(import.meta.resolve("histfactory/histfactory.wasm"))));
console.log(JSON.stringify(probe(histfactory)));
