import { agrees } from '../../model/simulation/closed-forms.ts';
import type { SimulationEvidence } from '../simulation-evidence.ts';

/** As `contradictionsOf` of a verification: whether figures agree with their closed forms is said again from the figures. */
export const simulationContradictionsOf = ({ closed_forms }: SimulationEvidence): string[] =>
	closed_forms.flatMap(({ name, expected, simulated, allowed, agrees: said }) => {
		// Files of before it was kept say no more than the interval, which is narrower.
		const { low, high } = simulated;
		const within = low <= expected && expected <= high;
		const judged = allowed === null ? said || within : agrees(simulated.mean, expected, allowed);
		return said === judged
			? []
			: [
					`the figure "${name}" is said ${said ? 'to agree' : 'not to agree'} with its closed form, but it is ${simulated.mean} where ${expected} is expected`,
				];
	});
