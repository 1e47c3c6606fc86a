import { normalize } from 'node:path';
import type { Evidence } from '../evidence/evidence.ts';
import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import type { ReviewInput } from './input.ts';

type Project = Pick<NonNullable<Evidence['project']>, 'file' | 'digest'>;

/** Whether two runs are of the same project; where one does not say which, its file decides. */
const isSame = (one: Project, other: Project): boolean =>
	one.digest !== null && other.digest !== null
		? one.digest === other.digest
		: normalize(one.file) === normalize(other.file);

/** What a simulation adds to the review of a verification: another project's costs say nothing about this one. */
export function costsOf(
	evidence: Pick<Evidence, 'project'> | null,
	simulation: SimulationEvidence | null,
): Required<Pick<ReviewInput, 'simulation' | 'left_out'>> {
	const project = evidence?.project ?? null;
	return simulation === null || project === null || isSame(project, simulation.project)
		? { simulation, left_out: null }
		: { simulation: null, left_out: simulation.project.file };
}

/** Of which other project the costs are that are there; null: there are none. */
export const sayLeftOut = ({ left_out }: Pick<ReviewInput, 'left_out'>): string | null =>
	left_out == null ? null : `the simulation.json that is there is of another project: ${left_out}.`;
