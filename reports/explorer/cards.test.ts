import { describe, expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { cardsOf } from './cards.ts';
import { Exploration } from './exploration.ts';

const setupWith = (max_automatic_restarts: number): Setup =>
	Setup.parse({
		policy: { max_automatic_restarts },
		project: {
			id: 'p',
			tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
		},
		tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
		hosts: ['h1', 'h2'],
		late_hosts: ['h2'],
	});
const host = 'h1';

/** The first message in flight arrives. */
const arrive = (explored: Exploration): void => {
	const [message] = explored.here.seen.messages;
	if (message === undefined) throw new RangeError('nothing is in flight');
	const { leg, route } = message;
	happen(explored, { kind: 'message-delivered', message: { leg, route } });
};
const happen = (explored: Exploration, event: Event): void => {
	expect(explored.choose(event), event.kind).toBe(true);
};
/** A host asks for work, is given the task, and begins it. */
const begun = (setup = setupWith(1)): Exploration => {
	const explored = new Exploration(setup);
	happen(explored, { kind: 'host-asks', host });
	while (explored.here.seen.messages.length > 0) arrive(explored);
	return explored;
};
const card = ({ setup, tables, here }: Exploration, key: string) => {
	const found = cardsOf(setup, tables, here).find((one) => one.key === key);
	if (found === undefined) throw new RangeError(`no card ${key}`);
	return found;
};
const fact = (explored: Exploration, key: string, label: string) =>
	card(explored, key).facts.find((one) => one.label === label);

describe('what was said in an execution', () => {
	const SAID = '"no disk", tagged "disk"';
	const failed = (setup: Setup): Exploration => {
		const explored = begun(setup);
		const remarks = { desc: 'no disk', tags: ['disk'] };
		const posted = { status: 'failed', should_continue: true, remarks };
		happen(explored, { kind: 'status-posted', host, posted });
		happen(explored, { kind: 'command-ends', host, outcome: 'failed' });
		while (explored.here.seen.messages.length > 0) arrive(explored);
		return explored;
	};

	test('stands in the card of its task when it has ended', () => {
		const explored = failed(setupWith(0));
		expect(card(explored, 'task compile').state).toBe('failed');
		expect(fact(explored, 'task compile', 'said')?.value).toBe(SAID);
	});

	test('is past after a restart, and no longer said', () => {
		const explored = failed(setupWith(1));
		expect(card(explored, 'task compile').title).toBe('compile/1');
		expect(fact(explored, 'task compile', 'said')).toBeUndefined();
		expect(fact(explored, 'task compile', 'before')?.value).toBe(`0: failed, said ${SAID}`);
	});
});

test('what a user asked for stands in the cards of the task and of its unit, whose restart is pending', () => {
	const explored = begun();
	expect(card(explored, 'unit 0').state).toBe('no restart pending');
	happen(explored, {
		...{ kind: 'user-restarts-when-finished', task: 'compile', execution: 0 },
	});
	expect(card(explored, 'unit 0').state).toBe('restart pending');
	for (const key of ['task compile', 'unit 0'])
		expect(fact(explored, key, 'asked for')?.value).toBe('a restart when it is finished');
});
