import { describe, expect, test } from 'vitest';
import { ModelFixture, setupOfTasks } from './testing/model-fixture.ts';

describe('a task group', () => {
	const members = (count: number) => Array.from({ length: count }, () => ({ group: 'g' }));
	const group = (count: number, max_hosts: number) => ({
		groups: [{ name: 'g', tasks: ['a', 'b', 'c'].slice(0, count), max_hosts }],
	});

	test('of one host runs in order, on the host that began it', () => {
		const fixture = new ModelFixture(setupOfTasks([...members(2), {}], group(2, 1)));
		expect(fixture.all('held')).toEqual([null, 'waiting', null]);
		fixture.runs('a', 'succeeds', 'h1');
		expect(fixture.asks('h2')).toBe('c');
		fixture.ends('h2', 'succeeds');
		expect(fixture.asks('h2')).toBe(null);
		expect(fixture.asks('h1')).toBe('b');
	});

	test('of one host is free for another one when an hour has passed since its last end', () => {
		const fixture = new ModelFixture(setupOfTasks(members(2), group(2, 1))).runs(
			'a',
			'succeeds',
			'h1',
		);
		fixture.happen({ kind: 'hours-pass', hours: 1 });
		expect(fixture.asks('h2')).toBe('b');
		fixture.happen({ kind: 'hours-pass', hours: 2 });
		expect(fixture.seen.hosts[1]?.assigned).toEqual({ task: 'b', execution: 0 });
	});

	test('of one host restarts as a whole, on any host', () => {
		const fixture = new ModelFixture(setupOfTasks(members(3), group(3, 1)));
		fixture.runs('a', 'succeeds', 'h1').runs('b', 'fails', 'h1');
		expect(fixture.all('execution')).toEqual([1, 1, 0]);
		expect(fixture.all('held')).toEqual([null, 'waiting', 'waiting']);
		expect(fixture.asks('h2')).toBe('a');
		expect(fixture.asks('h1')).toBe(null);
	});

	test('of one host knows no restart in part', () => {
		const fixture = new ModelFixture(setupOfTasks(members(2), group(2, 1)));
		fixture.runs('a', 'succeeds').runs('b', 'fails unmarked');
		expect(fixture.restarts('b', 0, true)).toBe('ok');
		expect(fixture.all('execution')).toEqual([1, 1]);
	});

	test('of two hosts runs on two at the most, and its tasks restart one by one', () => {
		const setup = setupOfTasks(members(3), { ...group(3, 2), hosts: ['h1', 'h2', 'h3'] });
		const fixture = new ModelFixture(setup);
		expect([fixture.asks('h1'), fixture.asks('h2'), fixture.asks('h3')]).toEqual(['a', 'b', null]);
		fixture.ends('h1', 'fails');
		expect(fixture.all('execution')).toEqual([1, 0, 0]);
		expect(fixture.asks('h3')).toBe('a');
		expect(fixture.asks('h1')).toBe(null);
	});
});
