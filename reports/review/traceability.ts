import { neverOf } from '../judging/halves.ts';
import {
	designsCommand,
	replayCommand,
	replayScenarioCommand,
	verifyCommand,
} from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';
import { sayNever } from '../wording/halves.ts';
import { OPTIONS } from './decision.ts';
import type { ReviewInput } from './input.ts';

/** A statement of the decision record, in our own words. */
export interface Statement {
	/** Where it stands in the record. */
	readonly part: string;
	readonly statement: string;
	/** Claims and guarantees that put it to the test. */
	readonly tested_by: readonly string[];
}

export const STATEMENTS: readonly Statement[] = [
	{
		part: 'problem',
		statement: 'A task that failed for a passing reason can be restarted without a person.',
		tested_by: ['L1', 'S1', 'S2'],
	},
	{
		part: 'option 1, as offered',
		statement: 'A script in a task calls an endpoint and marks its own task.',
		tested_by: ['R1'],
	},
	{
		part: 'option 2, as offered',
		statement: 'The end status that a task posts locally can also ask for a restart.',
		tested_by: ['R2', 'S15'],
	},
	{
		part: 'option 3, as offered',
		statement: 'A command of its own makes the agent ask the app server.',
		tested_by: ['R3'],
	},
	{
		part: 'option 4, as offered',
		statement: 'The flag sits on any command and matters only if that command fails.',
		tested_by: ['R4', 'C1', 'C2', 'S2', 'S4'],
	},
	{
		part: 'outcome, option 1',
		statement: 'It costs teams a service user, and a leaked key is a risk.',
		tested_by: ['R1', 'S8'],
	},
	{
		part: 'outcome, option 2',
		statement: 'It would carry requests around the authentication of the app server.',
		tested_by: ['R2', 'S8'],
	},
	{
		part: 'outcome, options 3 and 4',
		statement:
			'Both need a new endpoint that only the agent calls and that restarts after the end.',
		tested_by: ['R3', 'R4', 'S5', 'S8', 'L1'],
	},
	{
		part: 'outcome, option 4',
		statement: 'It names the commands that are suspected, so the restart has a cause.',
		tested_by: ['R4', 'S2', 'S4'],
	},
];

export interface Trace {
	readonly id: string;
	readonly name: string;
	/** The file of the judge. */
	readonly judge: string;
	readonly evidence: string;
	/** A command that shows it; null: none is known. */
	readonly replay: string | null;
}

/** Each guarantee: what judges it, what was seen, and a line that shows it. */
export function traces({ evidence, designs }: ReviewInput): Trace[] {
	if (evidence === null) return [];
	const guarantees = evidence.guarantees.map(({ id, name, verdict, stories, exercised }): Trace => {
		const broken = [
			...evidence.findings,
			...evidence.checks.flatMap(({ violations }) => violations),
		].find(({ guarantee, token }) => guarantee === id && token !== null);
		const scenario = evidence.scenarios.find(({ shows }) => shows.includes(id));
		const configurations = evidence.checks.filter(({ holds }) => holds.includes(id));
		const where =
			configurations.length === 0
				? ''
				: `; every state of ${plural(configurations.length, 'configuration')}`;
		const untried = configurations.length === 0 ? null : sayNever(neverOf(id, evidence.checks));
		return {
			id,
			name,
			judge: `model/guarantees/${name}.ts`,
			evidence: `${verdict}: exercised ${plural(exercised, 'time')} in ${plural(stories, 'story')}${where}${untried === null ? '' : `, ${untried} there`}`,
			replay:
				broken?.token != null
					? replayCommand(broken.token, 'on' in broken ? broken.on : undefined)
					: scenario === undefined
						? verifyCommand(evidence)
						: replayScenarioCommand(scenario.file),
		};
	});
	const claims = OPTIONS.map(({ claim, name, design }): Trace => {
		const found = designs?.claims.find(({ id }) => id === claim);
		const cells = designs?.designs.find((one) => one.design === design)?.cells ?? [];
		const shown = cells.filter(({ token }) => token !== null);
		const token = (shown.find(({ guarantee }) => found?.guarantees.includes(guarantee)) ?? shown[0])
			?.token;
		return {
			id: claim,
			name: `claim about the ${name}`,
			judge: `model/designs/${design}.ts`,
			evidence:
				found === undefined
					? 'the designs were not put on trial'
					: `${found.verdict}: ${found.because}`,
			replay:
				token != null ? replayCommand(token) : designs === null ? null : designsCommand(designs),
		};
	});
	return [...guarantees, ...claims];
}
