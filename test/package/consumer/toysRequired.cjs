const histfactory = require("histfactory");
const toys = require("histfactory/toys");
const { toyProbe } = require("./toyProbe.js");

toyProbe(histfactory, toys).then((results) => console.log(JSON.stringify(results)));
