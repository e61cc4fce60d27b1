import { parquetWriteBuffer } from "hyparquet-writer";
import { FIT_STATUSES } from "../../inference/fitStatus.js";
import type { ToyShard } from "../../toys/toyShard.js";
import type { ToyStudy, ToyStudyKind } from "../../toys/toyStudy.js";
import { VERSION } from "../../version.js";

/** What the hypotheses of a study are called, in their order. */
const HYPOTHESES: Readonly<Record<ToyStudyKind, readonly string[]>> = {
	test: ["tested", "alternative"],
	"goodness-of-fit": ["best fit"],
	discovery: ["background"],
};

/**
 * The toys of a shard as a Parquet file, one row each: `hypothesis`, `toy` (its number), `statistic` (null where a fit
 * failed), `status` and, where toys have weights, `ln_weight`. The digests of study and toys stand in its metadata.
 */
export function toyParquet(study: ToyStudy, shard: ToyShard, digest: string): Uint8Array {
	const rows = shard.pieces.flat();
	const total = rows.reduce((sum, { count }) => sum + count, 0);
	const hypotheses: string[] = [];
	const toys = new Int32Array(total);
	const statistics: (number | null)[] = [];
	const statuses: string[] = [];
	const lnWeights = new Float64Array(total);
	let row = 0;
	for (const { ensemble, first, count, statistics: values, statuses: codes, lnWeights: weights } of rows) {
		const hypothesis = HYPOTHESES[study.kind][ensemble]!;
		for (let i = 0; i < count; i++, row++) {
			hypotheses.push(hypothesis);
			toys[row] = first + i;
			statistics.push(codes[i] === 0 ? values[i]! : null);
			statuses.push(FIT_STATUSES[codes[i]!]!);
			lnWeights[row] = weights[i]!;
		}
	}
	const weighted = study.ensembles.some(({ points }) => points.length > 1);
	const buffer = parquetWriteBuffer({
		columnData: [
			{ name: "hypothesis", data: hypotheses, type: "STRING", nullable: false },
			{ name: "toy", data: toys, type: "INT32", nullable: false, encoding: "DELTA_BINARY_PACKED" },
			{ name: "statistic", data: statistics, type: "DOUBLE" },
			{ name: "status", data: statuses, type: "STRING", nullable: false },
			...(weighted ? [{ name: "ln_weight", data: lnWeights, type: "DOUBLE" as const, nullable: false }] : []),
		],
		rowGroupSize: 1_000_000,
		createdBy: `histfactory version ${VERSION}`,
		kvMetadata: [
			{ key: "study", value: study.digest },
			{ key: "digest", value: digest },
		],
	});
	return new Uint8Array(buffer);
}
