import { fit, scan, Workspace } from "histfactory";
import { renderBrazilBand } from "histfactory/plot";
import { fitTable, textTable } from "histfactory/report";
import { workspaces } from "./workspaces.js";

const workspace = Workspace.parse(workspaces.counting.document);
const model = workspace.model();
const data = workspace.data(model);
console.log(
	JSON.stringify({
		table: textTable(fitTable(fit(data, model))),
		plot: renderBrazilBand(scan([0, 0.5, 1, 1.5, 2], data, model)),
	}),
);
