import type { Position } from '../model/vocabulary/command.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { type Command, isFunctionCall } from '../model/vocabulary/project.ts';
import type { Expectation } from '../scenarios/format/expectations.ts';
import { scenarioText } from '../scenarios/format/write.ts';
import type { WrittenProject, WrittenStep } from '../scenarios/import/written.ts';
import { namer } from '../scenarios/lint/flagged.ts';
import { flaggedCommands } from '../scenarios/lint/flags.ts';
import { canFail, type RetryStory } from './retry-story.ts';
import type { TaskAlone } from './task-setup.ts';

/** Longest name and text of a scenario, with room for what is said around a name in it. */
const NAME = 200;
const ABOUT = 4000;

/**
 * The story as a scenario file, and what happens in it in one sentence.
 * @param schema where the JSON Schema of scenarios lies, from the folder of the file.
 */
export function retryScenario(
	told: RetryStory,
	alone: TaskAlone,
	schema: string,
): { readonly text: string; readonly sentence: string } {
	const sentence = sentenceOf(told, alone);
	const { task, group, depends_on } = alone.instance;
	const others = [
		...(group === undefined ? [] : ['the other members of its group']),
		...(depends_on === undefined ? [] : ['the tasks that it waits for']),
	].join(' and ');
	const without = others === '' ? '' : ` Left out are ${others}.`;
	const text = scenarioText({
		name: cut(told.isRestarted ? `${task} is restarted` : `nothing restarts ${task}`, NAME),
		about: cut(`In the task ${task}, ${sentence}.${without}`, ABOUT),
		shows: told.exercised,
		story: told.story,
		expect: expectationOf(told),
		schema,
		commands: told.ended.map((position) => {
			const found = commandAt(alone, position);
			return found === null ? '' : nameOf(found);
		}),
	});
	return { text, sentence };
}

const cut = (text: string, length: number): string => {
	const said = printable(text);
	return said.length <= length ? said : `${said.slice(0, length - 1)}…`;
};

function sentenceOf(
	{ story: { setup }, mishap, isRestarted }: RetryStory,
	alone: TaskAlone,
): string {
	if (mishap === null) return 'no command is run that could fail, and nothing restarts it';
	const { position, flagged, how } = mishap;
	const { block } = position;
	const found = commandAt(alone, position);
	const name = found === null ? block : nameOf(found);
	const place = found && namer(flaggedCommands(alone.imported.read.whole))(found.entry);
	const at = place === null ? '' : ` (${place.file}:${place.line})`;
	const what = `the ${flagged ? 'flagged ' : ''}command ${name}${at}`;
	if (setup.requester === 'github_merge_request')
		return `${what} fails in ${block}, and nothing restarts it: only the merge queue runs the task`;
	if (!isRestarted && flagged)
		return `${what} fails in ${block}, which cannot fail the task, and nothing restarts it: no flag of the task works`;
	if (!isRestarted) return `${what} fails, and nothing restarts it: no flag of the task works`;
	switch (how) {
		case 'fails':
			return `${what} fails once in ${block}, and the task is restarted at its end`;
		case 'fails in the background':
			return `${what} fails once in the background of ${block}, and the task is restarted at its end; deployed agents do not ask for that`;
		case 'times out':
			return canFail(setup, block)
				? `${what} runs into its time limit once in ${block}, and the task is restarted at its end`
				: `${what} stands in ${block}, which cannot fail the task; it runs into its time limit once, which fails the task all the same, and the task is restarted at its end`;
	}
}

/** What this story is told for. */
function expectationOf({ end, isRestarted }: RetryStory): Expectation {
	const [task] = end.tasks;
	if (task === undefined) return {};
	const { id, status, execution, automatic_restarts, history } = task;
	return {
		tasks: {
			[id]: {
				...{ status, execution, started_by: isRestarted ? 'mark' : 'schedule', automatic_restarts },
				...(history.length === 0 ? {} : { history: history.map(({ details }) => details.status) }),
			},
		},
		quota_used: end.quota_used,
	};
}

interface Found {
	readonly command: Command;
	readonly func: string | null;
	readonly entry: WrittenStep;
}

const nameOf = ({ command: { command, display_name }, func }: Found): string =>
	printable(`${display_name ?? command}${func === null ? '' : ` of ${func}`}`);

/** The command in a place of a task, as it is written. */
function commandAt({ instance, imported }: TaskAlone, position: Position): Found | null {
	const { whole } = imported.read;
	const entry = stepsIn(whole, instance, position.block)?.[position.step];
	if (entry === undefined) return null;
	const { step } = entry;
	if (!isFunctionCall(step)) return { command: step, func: null, entry };
	const members = whole.functions.find(({ name }) => name === step.func)?.commands;
	const member = members?.[position.member ?? 0];
	return member === undefined ? null : { command: member.step, func: step.func, entry: member };
}

function stepsIn(
	{ tasks, groups, blocks }: WrittenProject,
	{ task, group }: TaskAlone['instance'],
	block: Position['block'],
): readonly WrittenStep[] | undefined {
	const own = groups.find(({ name }) => name === group)?.blocks;
	switch (block) {
		case 'main':
			return tasks.find(({ name }) => name === task)?.commands;
		case 'pre':
		case 'post':
			return blocks[block]?.steps;
		case 'timeout':
			return own?.timeout ?? blocks.timeout?.steps;
		default:
			return own?.[block];
	}
}
