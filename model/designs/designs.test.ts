import { describe, expect, test } from 'vitest';
import { type Broken, judging } from '../guarantees/judge.ts';
import { Model } from '../system/model.ts';
import { programOf } from '../system/program.ts';
import { TablesByDesign, tablesOf } from '../system/tables-by-design.ts';
import { Design, ENTRANCES } from '../vocabulary/design.ts';
import type { Event } from '../vocabulary/events/event.ts';
import { isPossible } from '../vocabulary/events/possible.ts';
import { selectorOf } from '../vocabulary/message.ts';
import { Setup, underDesign } from '../vocabulary/setup.ts';

const USUAL = Setup.parse({
	project: {
		id: 'p',
		tasks: [
			{ name: 'a', commands: [{ command: 'fetch', retry_on_failure: true }, { command: 'test' }] },
		],
		post: [{ command: 'upload', retry_on_failure: true }],
		timeout: [{ command: 'stacks', retry_on_failure: true }],
	},
	tasks: [{ id: 't', task: 'a', variant: 'v' }],
	hosts: ['h'],
});

const ends = (outcome: 'succeeded' | 'failed' | 'panicked'): Event => ({
	kind: 'command-ends',
	host: 'h',
	outcome,
});
const POST: Event = {
	kind: 'status-posted',
	host: 'h',
	posted: { status: 'failed', should_continue: true, retryable: true },
};
const KEY: Event = {
	kind: 'request-forged',
	route: 'mark',
	task: 't',
	host: 'h',
	credentials: 'service-key',
};

/** A task that was started under a design; messages are delivered at once, but for those that are held back. */
class Started {
	readonly setup: Setup;
	readonly model: Model;
	readonly broken: Broken[] = [];
	readonly #judge;

	constructor(design: Design, setup: Setup = USUAL) {
		this.setup = underDesign(setup, design);
		this.model = new Model(this.setup, tablesOf(this.setup));
		this.#judge = judging(this.setup, this.model.seen);
		this.happen({ kind: 'host-asks', host: 'h' });
		for (let delivered = 0; delivered < 4; delivered++) this.deliver();
	}

	happen(...events: Event[]): this {
		for (const event of events) {
			const before = this.model.seen;
			expect(isPossible(this.setup, before, event)).toBe(true);
			const after = this.model.apply(event);
			this.broken.push(...this.#judge.step({ setup: this.setup, before, event, after }));
		}
		return this;
	}

	deliver(): this {
		const [message] = this.model.seen.messages;
		if (message === undefined) throw new RangeError('nothing is in flight');
		return this.happen({ kind: 'message-delivered', message: selectorOf(message) });
	}

	get doing(): string {
		const { doing } = this.model.seen.hosts[0] ?? {};
		if (doing?.kind === 'calling') return `calling ${doing.route}`;
		return doing?.kind === 'running' ? `running ${doing.position.block}` : 'idle';
	}

	get fallen(): string[] {
		return this.broken.map(({ id }) => id);
	}
}

describe('under rest', () => {
	test('the script of a flagged command asks before the command has failed', () => {
		const task = new Started('rest').happen(ends('failed'));
		expect(task.doing).toBe('calling mark');
		expect(task.deliver().model.seen.answer?.outcome).toBe('granted');
		expect(task.deliver().doing).toBe('running post');
		expect(task.fallen).toEqual([]);
	});

	test('a panic leaves nobody to ask', () => {
		const task = new Started('rest').happen(ends('panicked'));
		expect(task.doing).toBe('running post');
		expect(task.fallen).toEqual(['L1']);
	});

	test('an abort that is heard while a script asks closes its call', () => {
		const task = new Started('rest').happen(ends('failed'), { kind: 'user-aborts', task: 't' });
		task.happen({ kind: 'heartbeat-sent', host: 'h' });
		const beat = task.model.seen.messages.find(({ route }) => route === 'heartbeat');
		if (beat === undefined) throw new RangeError('no heartbeat');
		task.happen({ kind: 'message-delivered', message: selectorOf(beat) });
		const answer = task.model.seen.messages.find(({ leg }) => leg === 'reply');
		if (answer === undefined) throw new RangeError('no answer');
		task.happen({ kind: 'message-delivered', message: selectorOf(answer) });
		expect(task.doing).toBe('running post');
		expect(task.model.seen.messages).toMatchObject([{ route: 'mark', awaited: false }]);
	});

	test('a key marks whatever runs, and is refused where nothing does', () => {
		expect(new Started('rest').happen(KEY).fallen).toEqual(['S8', 'S9']);
		const over = new Started('rest')
			.happen(ends('panicked'), ends('succeeded'))
			.deliver()
			.deliver();
		over.happen({ kind: 'hours-pass', hours: 24 }, KEY);
		expect(over.model.seen.answer).toEqual({ outcome: 'refused_not_running', status: 400 });
	});

	test('no secret lets a mark in', () => {
		const task = new Started('rest').happen({ ...KEY, credentials: 'wrong-task-secret' });
		expect(task.model.seen.answer).toEqual({ outcome: 'refused_credentials', status: 401 });
	});
});

describe('under local-api', () => {
	test('a flagged command that fails has its task restarted by the end, and everything adds up', () => {
		const task = new Started('local-api').happen(ends('failed'), ends('succeeded')).deliver();
		expect(task.model.seen.tasks[0]).toMatchObject({ execution: 1, automatic_restarts: 1 });
		expect(task.model.seen.tasks[0]?.history[0]).toMatchObject({ mark: 'granted' });
		expect(task.model.seen.quota_used).toBe(1);
		expect(task.fallen).toEqual([]);
	});

	test('a process that no command stands for has a succeeding task restarted', () => {
		const task = new Started('local-api').happen(POST, ends('succeeded'), ends('succeeded'));
		task.happen(ends('succeeded')).deliver();
		expect(task.model.seen.tasks[0]?.execution).toBe(1);
		expect(task.fallen.sort()).toEqual(['S2', 'S8']);
	});

	test('what a process posted is forgiven when a flagged command asks for the same', () => {
		const task = new Started('local-api').happen(POST, ends('failed'), ends('succeeded')).deliver();
		expect(task.model.seen.tasks[0]?.execution).toBe(1);
		expect(task.fallen).toEqual([]);
	});

	test('a script in a block that cannot fail the task asks all the same', () => {
		const task = new Started('local-api').happen(ends('succeeded'), ends('succeeded'));
		expect(task.happen(ends('failed')).fallen).toEqual(['S4']);
	});

	test('there is no mark to be forged', () => {
		const { model, setup } = new Started('local-api');
		expect(isPossible(setup, model.seen, { ...KEY, credentials: 'none' })).toBe(false);
		expect(isPossible(setup, model.seen, KEY)).toBe(false);
	});
});

describe('under auto-retry', () => {
	test('the agent asks before a flagged command, and once an answer is there no more', () => {
		const task = new Started('auto-retry');
		expect(task.doing).toBe('calling mark');
		expect(task.deliver().deliver().doing).toBe('running main');
	});

	test('a mark stands whatever fails, and a success gives it back', () => {
		const failed = new Started('auto-retry').deliver().deliver().happen(ends('succeeded'));
		failed.happen(ends('failed'), ends('succeeded')).deliver();
		expect(failed.fallen).toEqual(['S4', 'S2']);
		const fine = new Started('auto-retry').deliver().deliver().happen(ends('succeeded'));
		fine.happen(ends('succeeded'), ends('succeeded')).deliver();
		expect(fine.model.seen).toMatchObject({ quota_used: 0, tasks: [{ automatic_restarts: 0 }] });
	});

	test('attempts of one mark do not count against the next, which is for another command', () => {
		const project = { ...USUAL.project, post_error_fails_task: true };
		const task = new Started('auto-retry', { ...USUAL, project });
		const doing = () => task.model.seen.hosts[0]?.doing;
		expect(doing()).toMatchObject({ route: 'mark', for: { block: 'main' } });
		task.happen({ kind: 'user-aborts', task: 't' }, { kind: 'hours-pass', hours: 1 });
		expect(doing()).toMatchObject({ route: 'mark', sent: 1, for: { block: 'post' } });
		expect(task.fallen).toEqual(['S4']);
		const running = new Started('auto-retry', { ...USUAL, project }).happen({
			kind: 'call-abandoned',
			host: 'h',
		});
		running.happen({ kind: 'user-aborts', task: 't' }, { kind: 'hours-pass', hours: 1 });
		expect(running.doing).toBe('calling mark');
		expect(running.fallen).toEqual(['S4']);
	});

	test('it asks where a failure can fail the task, and nowhere else', () => {
		const asked = (setup: Setup) => {
			const [instance] = setup.tasks;
			if (instance === undefined) throw new RangeError('no task');
			const program = programOf(underDesign(setup, 'auto-retry'), instance);
			return Object.entries(program).flatMap(([block, instructions]) =>
				instructions.some(({ asks }) => asks === true) ? [block] : [],
			);
		};
		expect(asked(USUAL)).toEqual(['main']);
		const project = { ...USUAL.project, post_error_fails_task: true };
		expect(asked({ ...USUAL, project })).toEqual(['main', 'post']);
	});
});

test.each(Design.options.filter((design) => !ENTRANCES[design].forwards))(
	'under %s no process can ask through the local API',
	(design) => {
		const task = new Started(design);
		if (task.doing === 'calling mark') task.deliver().deliver();
		expect(isPossible(task.setup, task.model.seen, POST)).toBe(false);
	},
);

test('tables are made once a design, and the given ones are those of the flag', () => {
	const usual = tablesOf({});
	const tables = new TablesByDesign(usual);
	expect(tables.of({})).toBe(usual);
	expect(tables.of({ design: 'flag' })).toBe(usual);
	expect(tables.of({ design: 'rest' })).toBe(tables.of({ design: 'rest' }));
	expect(tables.of({ design: 'rest' })).not.toBe(usual);
});
