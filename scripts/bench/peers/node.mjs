/** Node without any program: the part of our command's time that is not ours. */
export const node = {
	name: "node",
	tasks: ["command"],
	program: () => ({ command: [process.execPath, ["-e", "0"]], read: () => ({}) }),
};
