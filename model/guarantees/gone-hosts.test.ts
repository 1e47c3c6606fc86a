import { expect, test } from 'vitest';
import { Model } from '../system/model.ts';
import { createTables } from '../system/tables.ts';
import type { Event } from '../vocabulary/events/event.ts';
import type { Message } from '../vocabulary/message.ts';
import type { Observation } from '../vocabulary/observation.ts';
import { Setup } from '../vocabulary/setup.ts';
import { authenticMarks } from './authentic-marks.ts';
import { readyWorkRuns } from './ready-work-runs.ts';

const setup = Setup.parse({
	project: {
		id: 'p',
		tasks: ['a', 'b'].map((name) => ({ name, commands: [] })),
		task_groups: [{ name: 'g', tasks: ['a', 'b'], max_hosts: 1 }],
	},
	tasks: ['a', 'b'].map((task) => ({ id: task, task, variant: 'v', group: 'g' })),
	hosts: ['h1', 'h2'],
});
const tables = createTables();
const delivered = ({ leg, route }: Pick<Message, 'leg' | 'route'>): Event => ({
	kind: 'message-delivered',
	message: { leg, route },
});
const NEXT = delivered({ leg: 'request', route: 'next' });
const goes: Event = { kind: 'host-goes', host: 'h1' };

/** What is seen after these events, before and after the last of them. */
function told(...events: Event[]): { before: Observation; event: Event; after: Observation } {
	const model = new Model(setup, tables);
	let before = model.seen;
	let last = events[0] ?? NEXT;
	for (const event of events) {
		before = model.seen;
		last = event;
		model.apply(event);
	}
	return { before, event: last, after: model.seen };
}

const judged = (moment: ReturnType<typeof told>): string | null =>
	authenticMarks.step(null, { setup, ...moment })?.broken ?? null;

test('S8: what a host that is gone says is refused, and changes nothing', () => {
	const moment = told({ kind: 'host-asks', host: 'h1' }, goes, NEXT);
	expect(moment.after.answer).toEqual({ outcome: 'refused_credentials', status: 401 });
	expect(judged(moment)).toBeNull();
	const { after } = moment;
	const accepted = { ...after, answer: { outcome: 'nothing' as const, status: 200 } };
	expect(judged({ ...moment, after: accepted })).toMatch(
		/^The next of host "h1", which was taken away before, should be refused with a 4xx/,
	);
	const [first, ...others] = after.tasks;
	if (first === undefined) throw new Error('no task');
	const given = { ...after, tasks: [{ ...first, status: 'dispatched' as const }, ...others] };
	expect(judged({ ...moment, after: given })).toMatch(
		/should change nothing, but it changed a task/,
	);
});

test('L5: no group waits for a host that is gone', () => {
	const start = delivered({ leg: 'request', route: 'start' });
	const end = delivered({ leg: 'request', route: 'end' });
	const replied = (route: Message['route']) => delivered({ leg: 'reply', route });
	const ran: Event[] = [
		{ kind: 'host-asks', host: 'h1' },
		...[NEXT, replied('next'), start, replied('start'), end, replied('end')],
	];
	const owed = (seen: Observation) =>
		readyWorkRuns.owed?.(null, setup, { ...seen, hosts: hosts(seen) });
	const hosts = (seen: Observation) =>
		seen.hosts.filter(({ id, away }) => id === 'h2' || away === 'gone');
	expect(owed(told(...ran).after)).toBeNull();
	expect(owed(told(...ran, goes).after)).toMatch(/"b" is ready, and host "h2" asks/);
});
