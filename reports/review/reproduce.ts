import {
	designsCommand,
	MULLIGAN,
	sayRest,
	simulateCommand,
	verifyCommand,
	withOutput,
} from '../wording/commands.ts';
import { makesFor, type ReviewInput } from './input.ts';

export interface Reproduction {
	readonly what: string;
	readonly command: string;
	/** Seed, profile, versions and when it was made; null: it was not made. */
	readonly made: string | null;
}

const day = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

/** The commands that print every number of the review again. */
export function reproductions(input: ReviewInput): Reproduction[] {
	const { evidence, designs, simulation, version, output } = input;
	const makes = makesFor(input);
	const again = (command: string): string => withOutput(command, output);
	const made = (part: {
		seed: number;
		node: string;
		seconds: number;
		created_at: string;
		profile?: string;
	}): string =>
		`${part.profile === undefined ? '' : `profile ${part.profile}, `}seed ${part.seed}, Node ${part.node.replace(/^v/, '')}, mulligan ${version}, ${part.seconds.toFixed(1)} s, ${day(part.created_at)} UTC`;
	return [
		{
			what: 'Guarantees, coverage, canary (evidence.json)',
			command: evidence === null ? makes.evidence : again(verifyCommand(evidence)),
			made: evidence === null ? null : made(evidence),
		},
		{
			what: 'The designs, facts and claims (designs.json)',
			command: designs === null ? makes.designs : again(designsCommand(designs)),
			made: designs === null ? null : made(designs),
		},
		{
			what: 'Cost and benefit (simulation.json)',
			command: simulation === null ? makes.simulation : again(simulateCommand(simulation)),
			made:
				simulation === null
					? null
					: [made(simulation), sayRest(simulation)].filter((part) => part !== null).join('; '),
		},
		{
			what: 'This page',
			command: again(`${MULLIGAN} review`),
			made: 'from the files above and nothing else',
		},
	];
}
