import {
	designsCommand,
	MAKES,
	MULLIGAN,
	sayRest,
	simulateCommand,
	verifyCommand,
	withOutput,
} from '../wording/commands.ts';
import type { ReviewInput } from './input.ts';

export interface Reproduction {
	readonly what: string;
	readonly command: string;
	/** Seed, profile, versions and when it was made; null: it was not made. */
	readonly made: string | null;
}

const day = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

/** The commands that print every number of the review again. */
export function reproductions({
	evidence,
	designs,
	simulation,
	version,
	output,
}: ReviewInput): Reproduction[] {
	const made = (part: {
		seed: number;
		node: string;
		seconds: number;
		created_at: string;
		profile?: string;
	}): string =>
		`${part.profile === undefined ? '' : `profile ${part.profile}, `}seed ${part.seed}, Node ${part.node.replace(/^v/, '')}, mulligan ${version}, ${part.seconds.toFixed(1)} s, ${day(part.created_at)} UTC`;
	const all: Reproduction[] = [
		{
			what: 'Guarantees, coverage, canary (evidence.json)',
			command: evidence === null ? MAKES.evidence : verifyCommand(evidence),
			made: evidence === null ? null : made(evidence),
		},
		{
			what: 'The four designs, facts and claims (designs.json)',
			command: designs === null ? MAKES.designs : designsCommand(designs),
			made: designs === null ? null : made(designs),
		},
		{
			what: 'Cost and benefit (simulation.json)',
			command: simulation === null ? MAKES.simulation : simulateCommand(simulation),
			made:
				simulation === null
					? null
					: [made(simulation), sayRest(simulation)].filter((part) => part !== null).join('; '),
		},
		{
			what: 'This page',
			command: `${MULLIGAN} review`,
			made: 'from the files above and nothing else',
		},
	];
	return all.map((one) => ({ ...one, command: withOutput(one.command, output) }));
}
