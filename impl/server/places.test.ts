import { expect, test } from 'vitest';
import { placesOf } from './places.ts';

test('a task that stands alone has no place', () => {
	const tasks = [{ id: 't1', task: 'a', variant: 'x' }];
	expect(placesOf({ project: { tasks: [] }, tasks })).toEqual([null]);
});

test('a task in a display task and a single-host group joins both, and waits for the one before it', () => {
	const instance = (id: string, more: object = {}) => ({ id, task: id, variant: 'x', ...more });
	const places = placesOf({
		project: { tasks: [], task_groups: [{ name: 'g', tasks: ['a', 'b'] }] },
		tasks: [
			instance('a', { group: 'g' }),
			instance('alone', { depends_on: ['a'] }),
			instance('b', { group: 'g' }),
			instance('c'),
		],
		display_tasks: [{ id: 'd', execution_tasks: ['c', 'b'] }],
	});
	const group = { name: 'g', hosts: 1, members: ['a', 'b'] };
	const unit = ['a', 'b', 'c'];
	expect(places).toEqual([
		{ unit, display_task: null, group, depends_on: [] },
		{ unit: ['alone'], display_task: null, group: null, depends_on: ['a'] },
		{ unit, display_task: 'd', group, depends_on: ['a'] },
		{ unit, display_task: 'd', group: null, depends_on: [] },
	]);
});
