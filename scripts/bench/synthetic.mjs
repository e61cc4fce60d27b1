import { CounterRandom } from "./counterRandom.mjs";

/** Bins of a full channel; the last one has what is left. */
const CHANNEL = 100;

/** What all systematic uncertainties together do to a sample, relative to it: one standard deviation of its size. */
const SPREAD = 0.15;

/** Simulated events for each expected one, which the statistical uncertainty comes from. */
const SIMULATED = 20;

/** What is drawn, each from streams of its own; the sample and the parameter choose the stream, places the index. */
const DRAWN = { yield: 0, size: 1, asymmetry: 2, channelFactor: 3, texture: 4, observed: 5 };

/**
 * A workspace of any size that could be an analysis: a peaking signal scaled by `mu` on falling backgrounds, some
 * hundreds of events in each bin, statistical uncertainties (`staterror`), and shared systematic ones, by turns `normsys`
 * and `histosys`, each on every sample in every channel. Together they change a sample by about 15 %, however many they
 * are, as in an analysis that splits its uncertainties ever finer. Observed counts are those expected at the start
 * values with their Poisson fluctuation, so that a fit ends near μ = 1 with no parameter far out.
 *
 * Every number is a function of the seed and of its place: more bins, parameters or samples leave the choices for the
 * others as they are, and the same document comes out on any machine.
 *
 * @param size.bins number of main bins, in channels of 100
 * @param size.parameters number of shared systematic uncertainties
 * @param size.samples number of samples, the signal among them; 2 at least
 * @param size.seed a whole number below 2³²
 * @returns a workspace document with `1 + parameters + bins` parameters
 */
export function syntheticWorkspace({ bins, parameters, samples, seed = 1 }) {
	const random = new CounterRandom(seed);
	const systematics = Array.from({ length: parameters }, (_, p) => ({
		name: `systematic_${padded(p, parameters)}`,
		type: p % 2 === 0 ? "normsys" : "histosys",
		index: p,
		scale: SPREAD * Math.sqrt(3 / parameters),
	}));
	const count = Math.ceil(bins / CHANNEL);
	const channels = Array.from({ length: count }, (_, c) => {
		const [first, end] = [c * CHANNEL, Math.min(bins, (c + 1) * CHANNEL)];
		const place = { name: `channel_${padded(c, count)}`, index: c, first, bins: end - first };
		return {
			name: place.name,
			samples: Array.from({ length: samples }, (_, s) => sampleIn(place, s, samples, systematics, random)),
		};
	});
	return {
		channels,
		observations: channels.map(({ name, samples: parts }, c) => ({
			name,
			data: parts[0].data.map((_, i) => {
				const rate = parts.reduce((sum, { data }) => sum + data[i], 0);
				const deviation = random.normal(streamOf(DRAWN.observed), c * CHANNEL + i);
				return Math.max(0, Math.round(rate + Math.sqrt(rate) * deviation));
			}),
		})),
		measurements: [{ name: "synthetic", config: { poi: "mu", parameters: [] } }],
		version: "1.0.0",
	};
}

/** Sample 0 is the signal; the backgrounds get smaller and steeper one after the other. */
function sampleIn(channel, sample, samples, systematics, random) {
	const height = 0.5 + random.uniform(streamOf(DRAWN.yield, sample), channel.index);
	const positions = Array.from({ length: channel.bins }, (_, i) => (i + 0.5) / channel.bins);
	const shape =
		sample === 0
			? (x) => 20 / (1 + ((x - 0.7) / 0.1) ** 2)
			: (x) => (400 * shareOf(sample, samples)) / (1 + (1 + 0.5 * sample) * x) ** 2;
	const data = positions.map((x) => rounded(0.05 + height * shape(x)));
	const modifiers = systematics.map((systematic) => systematicOn(data, positions, systematic, sample, channel, random));
	modifiers.push({
		name: `staterror_${channel.name}`,
		type: "staterror",
		data: data.map((rate) => rounded(Math.sqrt(rate / SIMULATED))),
	});
	if (sample === 0) modifiers.push({ name: "mu", type: "normfactor", data: null });
	return { name: sample === 0 ? "signal" : `background_${padded(sample, samples)}`, data, modifiers };
}

/** Shares 1, 1/2, 1/3, … of all background. */
function shareOf(sample, samples) {
	let sum = 0;
	for (let s = 1; s < samples; s++) sum += 1 / s;
	return 1 / sample / sum;
}

function systematicOn(data, positions, { name, type, index, scale }, sample, channel, random) {
	const size = scale * random.signed(streamOf(DRAWN.size, sample, index), 0);
	const factor = 0.75 + 0.5 * random.uniform(streamOf(DRAWN.channelFactor, sample, index), channel.index);
	const up = size * factor;
	const down = up * (0.8 + 0.4 * random.uniform(streamOf(DRAWN.asymmetry, sample, index), channel.index));
	if (type === "normsys") return { name, type, data: { lo: rounded(1 - down), hi: rounded(1 + up) } };
	// A tilt along the observable, with the roughness of simulation.
	const stream = streamOf(DRAWN.texture, sample, index);
	const relative = positions.map((x, i) => (2.4 * x - 0.6) * (1 + 0.1 * random.signed(stream, channel.first + i)));
	return {
		name,
		type,
		data: {
			hi_data: data.map((rate, i) => rounded(rate * (1 + up * relative[i]))),
			lo_data: data.map((rate, i) => rounded(rate * (1 - down * relative[i]))),
		},
	};
}

/** Streams of 8 kinds for 4096 samples and 131 072 parameters. */
function streamOf(kind, sample = 0, parameter = 0) {
	return (kind + 8 * (sample + 4096 * parameter)) >>> 0;
}

/** Short decimals make short files, and the same ones everywhere. */
function rounded(x) {
	return Math.round(x * 1e5) / 1e5;
}

/** An index with leading zeros, so that names sort as numbers do. */
function padded(index, count) {
	return String(index).padStart(String(count - 1).length, "0");
}
