import { checker } from './checker/main.ts';
import { explorer } from './explorer.ts';
import { lockstep } from './lockstep.ts';
import { server } from './server/main.ts';
import { simulation } from './simulation.ts';
import { start } from './start.ts';

// `npm run bench [-- <suite> …]`: measured against peers in the same run.
const suites: Record<string, () => Promise<void>> = {
	checker,
	explorer,
	lockstep,
	server,
	simulation,
	start,
};

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(suites)) {
	const suite = suites[name];
	if (suite === undefined) {
		console.error(
			`bench: there is no suite "${name}"; known are ${Object.keys(suites).join(', ')}`,
		);
		process.exitCode = 2;
	} else await suite();
}
