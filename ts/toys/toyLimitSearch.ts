import { flatOf, type Model } from "../model/model.js";
import { ToyPool } from "../pool/toyPool.js";
import { type ClsPoint, type Crossing, crossingOf, interpolate } from "./clsCrossing.js";
import type { Estimate } from "./estimate.js";
import { makeStudies } from "./makeStudies.js";
import type { RunOptions, ToyOptions } from "./toyOptions.js";
import { ProgressMeter } from "./toyProgress.js";
import { emptyShard, type ToyShard } from "./toyShard.js";
import { type ToyStudy, ToyTestPlans } from "./toyStudy.js";
import { type ToyTestResult, toyTestResult } from "./toyTest.js";

/** A limit, or on which side of the range it is. */
export type ToyLimitSolution = Estimate | "above-range" | "below-range";

/** The observed limit, then the expected ones. */
const CURVES: readonly ((test: ToyTestResult) => Estimate | undefined)[] = [
	({ cls, clsError }) => (cls === undefined || clsError === undefined ? undefined : { value: cls, error: clsError }),
	...([0, 1, 2, 3, 4] as const).map((i) => ({ expected, expectedError }: ToyTestResult) => ({
		value: expected[i],
		error: expectedError[i],
	})),
];

/** What share of the toys is made where limits are looked for. */
const PILOT_SHARE = 0.25;
/** Two points are no further apart than this, relative to the upper one, before more toys are made around them. */
const WIDEST = 0.35;
/** A limit is enclosed at this relative distance to either side, or at 1½ of its errors so far. */
const DISTANCE = 0.04;
const ERRORS = 1.5;
/** Points nearer to each other than this are one. */
const NEAREST = 0.02;
/** Beyond the points that there are, the next one lies at this multiple. */
const FURTHER = 1.5;
/** Rounds of looking for limits, and of enclosing them; a few are the rule. */
const MOST_ROUNDS = 40;
const MOST_ENCLOSING = 10;

/** A value with its study and the toys that there are. */
interface Tested {
	readonly study: ToyStudy;
	readonly shard: ToyShard;
	readonly result: ToyTestResult;
	/** Whether all its toys have been made, and not only those of a pilot. */
	readonly full: boolean;
}

/**
 * The search for the limits of one data set.
 *
 * The toys at every value have the same random numbers, so that CLs is smooth in μ. First a share of the toys is made
 * at values around which the limits are expected, then all of them close to either side of where CLs falls through the level.
 */
export class ToyLimitSearch {
	readonly #plans: ToyTestPlans;
	readonly #level: number;
	readonly #range: readonly [number, number];
	readonly #toys: number;
	readonly #options: RunOptions;
	readonly #pool: ToyPool;
	readonly #tested = new Map<number, Tested>();

	constructor(
		data: ArrayLike<number>,
		model: Model,
		options: ToyOptions & RunOptions & { readonly toys: number },
		level: number,
		range: readonly [number, number],
	) {
		this.#plans = new ToyTestPlans(data, model, options);
		this.#toys = options.toys;
		this.#options = options;
		const { workers } = options;
		this.#pool = new ToyPool({ model: flatOf(model), ensembles: [] }, workers === undefined ? {} : { workers });
		this.#level = level;
		this.#range = range;
	}

	/** Every value that was tested, ascending. */
	get tests(): readonly ToyTestResult[] {
		return this.#sorted().map(({ result }) => result);
	}

	/** The observed limit, then the expected ones; the search begins at the given values. */
	async run(begin: readonly number[]): Promise<ToyLimitSolution[]> {
		try {
			return await this.#search(begin);
		} finally {
			this.#pool.close();
		}
	}

	async #search(begin: readonly number[]): Promise<ToyLimitSolution[]> {
		await this.#make(distinct(begin), Math.ceil(PILOT_SHARE * this.#toys));
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const next = CURVES.flatMap((_, curve) => this.#towards(this.#crossing(curve, false)));
			const fresh = this.#fresh(next);
			if (fresh.length === 0) break;
			await this.#make(fresh, Math.ceil(PILOT_SHARE * this.#toys));
		}
		for (let round = 0; round < MOST_ENCLOSING; round++) {
			const next = distinct(CURVES.flatMap((_, curve) => this.#enclosing(curve)));
			if (next.length === 0) break;
			await this.#make(next, this.#toys);
		}
		return CURVES.map((_, curve) => this.#solution(curve));
	}

	#sorted(): Tested[] {
		return [...this.#tested.values()].sort((a, b) => a.study.mu - b.study.mu);
	}

	/** Where a curve crosses the level, by all values or by those with all their toys. */
	#crossing(curve: number, full: boolean): Crossing {
		const points = this.#sorted().flatMap((test): ClsPoint[] => {
			const cls = CURVES[curve]!(test.result);
			return cls === undefined || (full && !test.full) ? [] : [{ mu: test.study.mu, ...cls }];
		});
		return crossingOf(points, this.#level);
	}

	/** The value to test next so that a curve crosses the level between two that are near each other. */
	#towards(crossing: Crossing): number[] {
		const values = [...this.#tested.keys()];
		if (crossing === "above") return [this.#further(Math.max(...values), FURTHER)];
		if (crossing === "below") return [this.#further(Math.min(...values), 1 / FURTHER)];
		const [before, after] = crossing;
		return after.mu - before.mu > WIDEST * after.mu ? [this.#between(before.mu, after.mu, crossing)] : [];
	}

	/** The interpolated limit, but not so near to either end that nothing would be won. */
	#between(low: number, high: number, crossing: readonly [ClsPoint, ClsPoint]): number {
		const { value } = interpolate(crossing, this.#level);
		return Math.min(Math.max(value, low + 0.2 * (high - low)), high - 0.2 * (high - low));
	}

	#further(mu: number, factor: number): number {
		return Math.min(Math.max(mu * factor, this.#range[0]), this.#range[1]);
	}

	#fresh(values: readonly number[]): number[] {
		return distinct(values).filter((mu) => ![...this.#tested.keys()].some((known) => isSame(known, mu)));
	}

	/** Values next to a limit that still need all their toys. */
	#enclosing(curve: number): number[] {
		const known = this.#crossing(curve, true);
		const crossing = typeof known === "string" ? this.#crossing(curve, false) : known;
		if (typeof crossing === "string") return this.#incomplete(this.#towards(crossing));
		const around = this.#incomplete(this.#around(crossing, known !== crossing));
		if (around.length > 0 || known === crossing) return around;
		// All toys say otherwise than the pilot did: what is left of it has to be completed.
		return this.#incomplete(crossing.map(({ mu }) => mu));
	}

	/** Those of the values that still need toys; a tested value stands for what is next to it. */
	#incomplete(values: readonly number[]): number[] {
		const known = [...this.#tested.keys()];
		return values
			.map((mu) => known.find((tested) => isSame(tested, mu)) ?? mu)
			.filter((mu) => !this.#tested.get(mu)?.full);
	}

	/** Values at a small distance to either side of a limit; none where it is enclosed that well already. */
	#around([before, after]: readonly [ClsPoint, ClsPoint], pilot: boolean): number[] {
		const { value, error } = interpolate([before, after], this.#level);
		const distance = Math.max(DISTANCE * value, Math.min(ERRORS * error, 0.5 * WIDEST * value));
		if (!pilot && after.mu - before.mu <= 2.5 * distance) return [];
		return [value - distance, value + distance].map((mu) => this.#further(mu, 1));
	}

	#solution(curve: number): ToyLimitSolution {
		const full = this.#crossing(curve, true);
		const crossing = typeof full === "string" ? this.#crossing(curve, false) : full;
		if (crossing === "above") return "above-range";
		if (crossing === "below") return "below-range";
		return interpolate(crossing, this.#level);
	}

	/** Makes toys at values until each has so many. */
	async #make(values: readonly number[], toys: number): Promise<void> {
		const wanted = values.map((mu) => {
			const known = this.#tested.get(mu);
			const study = known?.study ?? this.#plans.at(mu);
			return { study, shard: known?.shard ?? emptyShard(study), toys };
		});
		const made = (shard: ToyShard) => shard.pieces.flat().reduce((sum, { count }) => sum + count, 0);
		const before = this.#sorted().reduce((sum, { shard }) => sum + made(shard), 0);
		const missing = wanted.reduce((sum, { shard }) => sum + 2 * toys - made(shard), 0);
		const failures = ({ tested, alternative }: ToyTestResult) => tested.failures.length + alternative.failures.length;
		const failed = this.#sorted().reduce((sum, { result }) => sum + failures(result), 0);
		const shards = await makeStudies(
			wanted,
			this.#pool,
			this.#options,
			new ProgressMeter(before + missing, before, failed),
		);
		for (const [i, { study }] of wanted.entries()) {
			const shard = shards[i]!;
			this.#tested.set(study.mu, { study, shard, result: toyTestResult(study, shard), full: toys === this.#toys });
		}
	}
}

/** Values in ascending order, without those that are next to another. */
function distinct(values: readonly number[]): number[] {
	const kept: number[] = [];
	for (const mu of [...values].sort((a, b) => a - b)) if (kept.length === 0 || !isSame(kept.at(-1)!, mu)) kept.push(mu);
	return kept;
}

function isSame(a: number, b: number): boolean {
	return Math.abs(a - b) <= NEAREST * Math.max(Math.abs(a), Math.abs(b));
}
