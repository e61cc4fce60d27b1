/**
 * What the commands on toys need beyond the others, loaded when one of them is called: it takes longer to load than the
 * rest of the command line.
 */
export { planDiscovery } from "../../toys/discovery.js";
export { isToyStudy } from "../../toys/files/studyFile.js";
export { planGoodnessOfFit } from "../../toys/goodnessOfFit.js";
export { planToyTest } from "../../toys/toyStudy.js";
export { limitToys } from "./limitToys.js";
export { mergeToys } from "./mergeToys.js";
export { planStudy, planTable, writePlan } from "./planStudy.js";
export { readStudy, studyOf } from "./readStudy.js";
export { reportToys } from "./reportToys.js";
export { runAndReport } from "./runAndReport.js";
export { runShard, shardTable } from "./runShard.js";
