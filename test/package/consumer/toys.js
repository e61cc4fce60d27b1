import * as histfactory from "histfactory";
import * as toys from "histfactory/toys";
import { toyProbe } from "./toyProbe.js";

globalThis.result = toyProbe(histfactory, toys).then(JSON.stringify);
globalThis.result.then(console.log);
