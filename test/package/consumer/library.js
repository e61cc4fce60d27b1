import * as histfactory from "histfactory";

globalThis.histfactory = histfactory;
