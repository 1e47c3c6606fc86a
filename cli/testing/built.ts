/** What a process has to find in its environment to run what was built for these tests: see `start.mjs`. */
export function built(): Readonly<Record<string, string>> {
	const folder = process.env['MULLIGAN_BUILT'];
	return folder === undefined ? {} : { MULLIGAN_BUILT: folder };
}
