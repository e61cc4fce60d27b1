import { CounterRandom } from "../counterRandom.mjs";

const CHANNELS = 50;
const BINS = 4;

export const fiftyChannels = {
	name: "fifty-channels",
	title: "Fifty channels",
	source: `made by scripts/bench/cases/fiftyChannels.mjs: ${CHANNELS} channels of ${BINS} bins, about 50 background events a bin, known to 5 % each`,
	tasks: ["fit", "hypotest", "toys", "toys-all-cores"],
	toys: 10_000,
	open: () => ({ workspace: JSON.stringify(workspace()), patches: [] }),
};

/** A signal with a normfactor and a background with a shapesys in every bin: 201 parameters. */
function workspace() {
	const random = new CounterRandom(201);
	const channels = [];
	const observations = [];
	for (let channel = 0; channel < CHANNELS; channel++) {
		const name = `channel${String(channel).padStart(2, "0")}`;
		const inBins = (draw) => Array.from({ length: BINS }, (_, bin) => draw(BINS * channel + bin));
		const background = inBins((bin) => 50 + 5 * random.signed(0, bin));
		const signal = inBins((bin) => 1.25 + 0.75 * random.signed(1, bin));
		const uncertainty = background.map((rate) => 0.05 * rate);
		const modifiers = [{ name: `uncertainty_${name}`, type: "shapesys", data: uncertainty }];
		channels.push({
			name,
			samples: [
				{ name: "background", data: background, modifiers },
				{ name: "signal", data: signal, modifiers: [{ name: "mu", type: "normfactor", data: null }] },
			],
		});
		const data = inBins((bin) => Math.round(background[bin - BINS * channel] + Math.sqrt(50) * random.normal(2, bin)));
		observations.push({ name, data });
	}
	const measurements = [{ name: "measurement", config: { poi: "mu", parameters: [] } }];
	return { channels, observations, measurements, version: "1.0.0" };
}
