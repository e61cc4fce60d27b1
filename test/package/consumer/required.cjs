const histfactory = require("histfactory");
const { probe } = require("./probe.js");

console.log(JSON.stringify(probe(histfactory)));
