import { describe, expect, test } from 'vitest';
import { AGENT_RULES, type AgentRules } from '../../impl/agent/rules.ts';
import type { CommandOutcome } from '../../model/vocabulary/command.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { selectorOf } from '../../model/vocabulary/message.ts';
import type { HostObservation, Observation } from '../../model/vocabulary/observation.ts';
import type { Block, Command } from '../../model/vocabulary/project.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { type TrialResult, trial } from '../trial/trial.ts';
import { faulty } from './fault.ts';
import { model } from './model.ts';
import { reference } from './reference.ts';
import type { System } from './system.ts';

/** What a cell of the table says; a cause is one if its command is flagged, and fails its task in any case. */
type Said = 'goes on' | 'block stops' | 'cause' | 'no cause' | 'no effect' | '–';

const COLUMNS = ['error, panic', 'its own time limit', 'exec or idle time-out', 'abort'] as const;
type Column = (typeof COLUMNS)[number];

/** The table under S4 in the guarantees, row by row. */
const TABLE: readonly [Block[], 'off' | 'on' | null, Said, Said, Said, Said][] = [
	[['pre', 'setup_group', 'setup_task'], 'off', 'goes on', 'block stops', 'cause', 'no cause'],
	[['pre', 'setup_group', 'setup_task'], 'on', 'cause', 'cause', 'cause', 'no cause'],
	[['main'], null, 'cause', '–', 'cause', 'no cause'],
	[['timeout', 'teardown_group'], null, 'goes on', 'block stops', '–', 'no effect'],
	[['post', 'teardown_task'], 'off', 'goes on', 'block stops', '–', 'no effect'],
	[['post', 'teardown_task'], 'on', 'cause', 'cause', '–', 'no effect'],
];

const OUTCOMES: Readonly<Record<Column, readonly (CommandOutcome | 'aborted')[]>> = {
	'error, panic': ['failed', 'panicked'],
	'its own time limit': ['timed-out-block'],
	'exec or idle time-out': ['timed-out-exec', 'timed-out-idle'],
	abort: ['aborted'],
};

/** One cell, for one of its blocks and one way to end; of a block without a switch, `switched` says nothing. */
interface Cell {
	readonly block: Block;
	readonly switched: 'off' | 'on' | null;
	readonly outcome: CommandOutcome | 'aborted';
	readonly said: Exclude<Said, '–'>;
}

const CELLS: readonly Cell[] = TABLE.flatMap(([blocks, switched, ...cells]) =>
	COLUMNS.flatMap((column, place) => {
		const said = cells[place] ?? '–';
		if (said === '–') return [];
		return blocks.flatMap((block) =>
			OUTCOMES[column].map((outcome) => ({ block, switched, outcome, said })),
		);
	}),
);

const GROUPED: readonly Block[] = ['setup_group', 'setup_task', 'teardown_task', 'teardown_group'];

/** One task, with two commands in the block; what else runs has no flag. */
function setupOf({ block, switched }: Cell, retry_on_failure: boolean): Setup {
	const command = (name: string): Command => ({ command: name, retry_on_failure });
	const tidy = [{ command: 'tidy' }];
	const blocks = { [block]: [command('first'), command('second')] };
	const isGrouped = GROUPED.includes(block);
	const key = isGrouped ? `${block}_can_fail_task` : `${block}_error_fails_task`;
	const on = switched === 'on' ? { [key]: true } : {};
	return Setup.parse({
		project: {
			id: 'project',
			tasks: [{ name: 'task', commands: blocks['main'] ?? [{ command: 'work' }] }],
			...(isGrouped || block === 'main' ? { post: tidy } : { post: tidy, ...blocks, ...on }),
			...(isGrouped
				? { task_groups: [{ name: 'g', tasks: ['task'], teardown_task: tidy, ...blocks, ...on }] }
				: {}),
		},
		tasks: [{ id: 't', task: 'task', variant: 'v', ...(isGrouped ? { group: 'g' } : {}) }],
		hosts: ['h'],
	});
}

interface Told extends TrialResult {
	/** What the host does when the command of the cell has ended, or its agent has heard of the abort; null: a promise fell then. */
	readonly doing: string | null;
	readonly last: Observation;
}

const sayDoing = ({ doing }: HostObservation): string => {
	if (doing.kind === 'running') return `running ${doing.position.block} ${doing.position.step}`;
	return doing.kind === 'calling' ? `calling ${doing.route}` : 'idle';
};

/** Goes to the first command of the block, lets it end so, and brings the story to rest. */
async function tell(systems: readonly System[], cell: Cell, flagged: boolean): Promise<Told> {
	const { block, outcome } = cell;
	const setup = setupOf(cell, flagged);
	const host = 'h';
	const ahead: Event[] = [];
	let isReached = false;
	let doing: string | null = null;
	const next = ({ hosts: [is], messages: [message] }: Observation): Event | null => {
		if (is === undefined) return null;
		if (isReached) {
			const event = ahead.shift() ?? null;
			if (event === null) doing ??= sayDoing(is);
			return event;
		}
		if (message !== undefined) return { kind: 'message-delivered', message: selectorOf(message) };
		if (is.doing.kind !== 'running') return { kind: 'host-asks', host };
		if (is.doing.position.block !== block) {
			const hangs = block === 'timeout' && is.doing.position.block === 'main';
			return { kind: 'command-ends', host, outcome: hangs ? 'timed-out-exec' : 'succeeded' };
		}
		isReached = true;
		if (outcome !== 'aborted') return { kind: 'command-ends', host, outcome };
		const beat = { route: 'heartbeat' } as const;
		ahead.push(
			{ kind: 'heartbeat-sent', host },
			{ kind: 'message-delivered', message: { leg: 'request', ...beat } },
			{ kind: 'message-delivered', message: { leg: 'reply', ...beat } },
		);
		return { kind: 'user-aborts', task: 't' };
	};
	let last: Observation | undefined;
	const result = await trial(systems, setup, next, {
		onStep: ({ seen }) => {
			last = seen[0];
		},
	});
	if (!isReached || last === undefined) throw new RangeError('the block was never reached');
	return { ...result, doing, last };
}

const name = ({ block, switched, outcome }: Cell): string =>
	`${block}${switched === null ? '' : `, its switch ${switched}`}: ${outcome}`;

/** What follows at once, and how often the task has run at last, if its commands are flagged. */
function expected({ block, said }: Cell, flagged: boolean): { doing: RegExp; executions: number } {
	switch (said) {
		case 'goes on':
			return { doing: new RegExp(`^running ${block} 1$`), executions: 1 };
		case 'block stops':
			return { doing: new RegExp(`^(?!running ${block} |calling mark)`), executions: 1 };
		case 'cause':
			return flagged
				? { doing: /^calling mark$/, executions: 2 }
				: { doing: /^(running (timeout|post|teardown_task) 0|calling end)$/, executions: 1 };
		case 'no cause':
			return { doing: /^running (post|teardown_task) 0$/, executions: 1 };
		case 'no effect':
			return { doing: new RegExp(`^running ${block} 0$`), executions: 1 };
	}
}

describe.each([true, false])('in the table under S4, with the flag: %s', (flagged) => {
	test.each(CELLS.map((cell) => [name(cell), cell.said, cell] as const))(
		'%s: %s',
		async (_, __, cell) => {
			const { finding, rested, doing, last } = await tell([model(), reference()], cell, flagged);
			expect({ finding, rested }).toEqual({ finding: null, rested: true });
			const { executions, ...then } = expected(cell, flagged);
			expect(doing).toMatch(then.doing);
			const [task] = last.tasks;
			expect(task?.execution).toBe(executions - 1);
			expect(task?.automatic_restarts).toBe(executions - 1);
			const first = task?.history[0]?.details ?? task?.details;
			const hangs = cell.block === 'timeout';
			const isAborted = cell.outcome === 'aborted' && cell.block !== 'teardown_group';
			const fails = cell.said === 'cause' || hangs || isAborted;
			expect(first?.status).toBe(fails ? 'failed' : 'success');
		},
	);
});

const RIGHT = { 'goes on': 'goes-on', 'block stops': 'block-stops', cause: 'block-fails' } as const;

/** What an agent may take the end of a command for instead; what leaves a group is its host's own, and asks for no decision. */
const WRONG = CELLS.flatMap((cell) => {
	const { said, outcome, block } = cell;
	if (said === 'no cause' || said === 'no effect' || outcome === 'aborted') return [];
	if (block === 'teardown_group') return [];
	return Object.values(RIGHT)
		.filter((wrong) => wrong !== RIGHT[said])
		.map((wrong) => [`${name(cell)} ${wrong}`, cell, wrong] as const);
});

/** Told alone, so that a promise must fall. */
const fallen = async (agentRules: Partial<AgentRules>, cell: Cell): Promise<string> => {
	const { finding } = await tell([faulty({ agentRules }, 'faulty')], cell, true);
	return finding?.kind === 'violated' ? finding.guarantee : 'nothing';
};

describe('a promise falls where an agent takes one cell for another', () => {
	test.each(WRONG)('%s', async (_, cell, wrong) => {
		const consequence: AgentRules['consequence'] = (block, outcome) =>
			block.block === cell.block && outcome === cell.outcome
				? wrong
				: AGENT_RULES.consequence(block, outcome);
		expect(['S4', 'S15', 'L1', 'L3']).toContain(await fallen({ consequence }, cell));
	});

	test.each(
		CELLS.filter(({ outcome, block }) => outcome === 'aborted' && block !== 'teardown_group').map(
			(cell) => [name(cell), cell] as const,
		),
	)('%s is heeded where it is not, or not where it is', async (_, cell) => {
		const cutsShort = () => cell.said === 'no effect';
		expect(await fallen({ cutsShort }, cell)).toBe('S4');
	});

	test.each(
		CELLS.filter(({ said }) => said === 'no cause').map((cell) => [name(cell), cell] as const),
	)('%s is a cause', async (_, cell) => {
		expect(await fallen({ isCause: ({ outcome }) => outcome === 'killed' }, cell)).toBe('S4');
	});
});
