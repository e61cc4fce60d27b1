import * as histfactory from "histfactory";
import * as toys from "histfactory/toys";

globalThis.histfactory = { ...histfactory, ...toys };
