import { Simulation, type SimulationOptions } from '../../impl/simulated/simulation.ts';
import { standardWire } from '../../impl/simulated/wire.ts';
import type { System } from './system.ts';

/** What is other than in a correct reference; nothing, unless told. */
export type ReferenceOptions = Omit<SimulationOptions, 'wire' | 'store'>;

/** The simulated reference: app server and agents of `impl/`, on a simulated clock, network and shell. */
export const reference = (options: SimulationOptions = {}, name = 'reference'): System => ({
	name,
	start: async (setup) => {
		const simulation = await Simulation.start(setup, options);
		return {
			get seen() {
				return simulation.seen;
			},
			apply: (event) => simulation.apply(event),
			stop: () => {},
		};
	},
});

/** The same over real `Request` and `Response`, as on a socket: the light objects must not show. */
export const referenceOverStandardWire = (): System =>
	reference({ wire: standardWire }, 'reference over Request and Response');
