import { arch, cpus, loadavg, release, type } from "node:os";

/** What the times depend on; the load average is that of the last minute, 0 where the system has none. */
export function machine() {
	const processors = cpus();
	return {
		cpu: processors[0]?.model.trim() ?? "unknown processor",
		cores: processors.length,
		os: `${type()} ${release()} ${arch()}`,
		loadAverage: loadavg()[0],
	};
}
