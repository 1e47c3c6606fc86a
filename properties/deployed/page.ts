import { guarantees } from '../../model/guarantees/index.ts';
import { MULLIGAN, replayAgainCommand } from '../../reports/wording/commands.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import { listed, plural } from '../../reports/wording/figures.ts';
import type { Fallen } from './as-deployed.ts';
import { DEPLOYED, DEPLOYED_NAMES, type DeployedName } from './index.ts';

/** What the app server would have to be told to keep a promise that the agents as deployed break. */
const TOLD: Readonly<Record<string, string>> = {
	S2: 'It would have to be told that the flagged command failed the task: a mark says only that there was one, and any failure that follows looks like its cause (F3, F6). The end would have to name the command that failed the task, with its flag.',
	S4: 'Nothing that it is told helps, as the mark is on its way before it can refuse. With the block and the outcome of the command in the mark it could see to it that nothing comes of one.',
	S14: 'Nothing that it is told helps: it has answered, and can only go on answering the same.',
	S15: 'It would have to be told how each block and each posted status came out; it has only the word of the agent.',
	S23: 'It could keep this one, with what that agent understands already: `should_teardown_group` before it hands out a member to a host that was set up before the last restart of the group. It would have to remember which hosts were; instead it tells agents how often the group was restarted, which these do not read.',
	L1: 'It would have to be told that a flagged command failed, where no mark came: again, the end would have to name the command that failed the task, with its flag.',
};

/** `docs/as-deployed.md`. */
export function asDeployedPage(fallen: Readonly<Record<DeployedName, readonly Fallen[]>>): string {
	return [
		'# As deployed',
		'',
		'The reference with the known bugs of a deployed system in it, all at once: those of evergreen-ci/evergreen, as read at commit',
		'953ae91, that can be told together (ids as in [track-record.md](track-record.md)). What follows is shown by the stories in',
		'`properties/corpus/`, the shortest of them for each promise; random stories look for more:',
		'',
		'```sh',
		...DEPLOYED_NAMES.map((name) => `${MULLIGAN} verify --system ${name}`),
		'```',
		'',
		...DEPLOYED_NAMES.flatMap((name) => ofSystem(name, fallen[name])),
		...aloneLines(fallen['evergreen-agent-953ae91']),
	].join('\n');
}

function ofSystem(name: DeployedName, fallen: readonly Fallen[]): string[] {
	const { what, rows } = DEPLOYED[name];
	return [
		`## ${name}`,
		'',
		`This is ${what}: ${listed(rows)}. ${plural(fallen.length, 'promise')} ${fallen.length === 1 ? 'is' : 'are'} broken.`,
		'',
		...fallen.flatMap((one) => ofPromise(name, one)),
	];
}

function ofPromise(system: DeployedName, { guarantee, sentence, file, events, atRest }: Fallen) {
	const name = guarantees.find(({ id }) => id === guarantee)?.name ?? '';
	return [
		`**${guarantee} ${name}**, in ${plural(events.length, 'event')}${atRest ? ', and coming to rest' : ''}: ${sentence}`,
		'',
		`> ${events.map(sayEvent).join('; ')}.`,
		'',
		`\`${replayAgainCommand([`properties/corpus/${file}`], system, null)}\``,
		'',
	];
}

/** What a correct app server does for agents that are as deployed, and what it cannot. */
function aloneLines(fallen: readonly Fallen[]): string[] {
	const broken = fallen.map(({ guarantee }) => guarantee);
	const kept = guarantees.map(({ id }) => id).filter((id) => !broken.includes(id));
	return [
		'## What a correct app server keeps alone',
		'',
		`With agents as deployed, an app server that is correct keeps ${listed(kept)} in all of these stories: a mark after an abort is`,
		'ignored, one of the merge queue or beyond a bound is refused, and a mark of a task that ends in success comes to nothing. These it',
		'does not keep, and but for S23 it cannot, whatever it does, as long as it is told no more than it is:',
		'',
		...broken.map((id) => `- ${id}: ${TOLD[id] ?? '?'}`),
		'',
	];
}
