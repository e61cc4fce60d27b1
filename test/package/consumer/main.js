import * as histfactory from "histfactory";
import { probe } from "./probe.js";

globalThis.result = JSON.stringify(probe(histfactory));
console.log(globalThis.result);
