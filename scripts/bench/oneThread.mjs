/** One thread each: what the libraries of the peers ask. */
const ONE_THREAD = {
	OMP_NUM_THREADS: "1",
	OPENBLAS_NUM_THREADS: "1",
	MKL_NUM_THREADS: "1",
	BLIS_NUM_THREADS: "1",
	NUMEXPR_NUM_THREADS: "1",
	VECLIB_MAXIMUM_THREADS: "1",
	RAYON_NUM_THREADS: "1",
	// XLA, under JAX: its pool has as many threads as this says, and one more switch keeps Eigen's from opening another.
	NPROC: "1",
	XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false",
	JAX_PLATFORMS: "cpu",
};

/** Choices of another processor's kernels, made for one machine's other programs, would slow a peer down. */
const UNSET = { OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined };

/** The environment of every process that is measured. */
export function oneThread() {
	return { ...process.env, ...ONE_THREAD, ...UNSET };
}
