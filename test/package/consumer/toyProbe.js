import { workspaces } from "./workspaces.js";

/** Numbers of workers; none means that the toys are made on the calling thread. */
const WORKERS = [0, 1, 2];

/** What a user's program might do with toys: the digests of all statistics, by model and number of workers. */
export async function toyProbe({ Workspace }, { toyTest }) {
	const results = {};
	for (const [name, { document, patches }] of Object.entries(workspaces)) {
		const workspace = Workspace.parse(document);
		const model = workspace.model({ patches });
		const data = workspace.data(model);
		for (const workers of WORKERS) {
			const { digest, cls } = await toyTest(1, data, model, { toys: 150, seed: 3, workers });
			results[`${name}, ${workers} workers`] = `${digest} ${cls}`;
		}
	}
	return results;
}
