import { describe, expect, test } from 'vitest';
import { Stage, setupOf } from './testing/stage.ts';

describe('a task group', () => {
	const members = (count: number) => Array.from({ length: count }, () => ({ group: 'g' }));
	const group = (count: number, max_hosts: number) => ({
		groups: [{ name: 'g', tasks: ['a', 'b', 'c'].slice(0, count), max_hosts }],
	});

	test('of one host runs in order, on the host that began it', () => {
		const stage = new Stage(setupOf([...members(2), {}], group(2, 1)));
		expect(stage.all('held')).toEqual([null, 'waiting', null]);
		stage.runs('a', 'succeeds', 'h1');
		expect(stage.asks('h2')).toBe('c');
		stage.ends('h2', 'succeeds');
		expect(stage.asks('h2')).toBe(null);
		expect(stage.asks('h1')).toBe('b');
	});

	test('of one host is free for another one when an hour has passed since its last end', () => {
		const stage = new Stage(setupOf(members(2), group(2, 1))).runs('a', 'succeeds', 'h1');
		stage.happen({ kind: 'hours-pass', hours: 1 });
		expect(stage.asks('h2')).toBe('b');
		stage.happen({ kind: 'hours-pass', hours: 2 });
		expect(stage.seen.hosts[1]?.assigned).toEqual({ task: 'b', execution: 0 });
	});

	test('of one host restarts as a whole, on any host', () => {
		const stage = new Stage(setupOf(members(3), group(3, 1)));
		stage.runs('a', 'succeeds', 'h1').runs('b', 'fails', 'h1');
		expect(stage.all('execution')).toEqual([1, 1, 0]);
		expect(stage.all('held')).toEqual([null, 'waiting', 'waiting']);
		expect(stage.asks('h2')).toBe('a');
		expect(stage.asks('h1')).toBe(null);
	});

	test('of one host knows no restart in part', () => {
		const stage = new Stage(setupOf(members(2), group(2, 1)));
		stage.runs('a', 'succeeds').runs('b', 'fails unmarked');
		expect(stage.restarts('b', 0, true)).toBe('ok');
		expect(stage.all('execution')).toEqual([1, 1]);
	});

	test('of two hosts runs on two at the most, and its tasks restart one by one', () => {
		const setup = setupOf(members(3), { ...group(3, 2), hosts: ['h1', 'h2', 'h3'] });
		const stage = new Stage(setup);
		expect([stage.asks('h1'), stage.asks('h2'), stage.asks('h3')]).toEqual(['a', 'b', null]);
		stage.ends('h1', 'fails');
		expect(stage.all('execution')).toEqual([1, 0, 0]);
		expect(stage.asks('h3')).toBe('a');
		expect(stage.asks('h1')).toBe(null);
	});
});
