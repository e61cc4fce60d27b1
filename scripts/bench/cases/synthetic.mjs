import { syntheticWorkspace } from "../synthetic.mjs";

export const manyBins = synthetic("many-bins", "10 000 bins", { bins: 10_000, parameters: 50, samples: 5 });
export const manyParameters = synthetic("many-parameters", "1000 systematics", {
	bins: 200,
	parameters: 1000,
	samples: 5,
});

function synthetic(name, title, size) {
	const { bins, parameters, samples } = size;
	return {
		name,
		title: `Synthetic, ${title}`,
		source: `made by scripts/bench/synthetic.mjs: ${bins} bins, ${parameters} shared systematics, ${samples} samples, staterror`,
		tasks: ["fit"],
		open: () => ({ workspace: syntheticWorkspace(size), patches: [] }),
	};
}
