import { expect, test } from 'vitest';
import { createTables, transitionCounts } from '../../model/system/tables.ts';
import { toToken } from '../../model/vocabulary/stories/story.ts';
import { MachineGraph } from '../../reports/evidence/machine-graph.ts';
import { narrate } from '../narration/narrate.ts';
import { model } from '../systems/model.ts';
import { BEGIN, SETUP } from '../testing/stories.ts';
import { graphsOf } from './graphs.ts';

test('every transition of every machine is an edge between states of its graph, with its count', async () => {
	const tables = createTables();
	const token = toToken({ setup: SETUP, events: [...BEGIN] });
	await narrate({ token, systems: [model(tables)], about: null });
	const graphs = graphsOf(tables).map((graph) => MachineGraph.parse(graph));
	expect(graphs.flatMap(({ transitions }) => transitions)).toHaveLength(
		transitionCounts(tables).length,
	);
	for (const { states, transitions } of graphs) {
		const ids = new Set(states.map(({ id }) => id));
		for (const { target } of transitions) if (target !== null) expect(ids).toContain(target);
		expect(states.some(({ initial }) => initial)).toBe(true);
	}
	const task = graphs.find(({ machine }) => machine === 'task');
	expect(task?.transitions.find(({ event }) => event === 'DISPATCH')?.count).toBe(1);
	expect(task?.states.find(({ id }) => id === 'task.inProgress.started')).toEqual({
		id: 'task.inProgress.started',
		name: 'started',
		parent: 'task.inProgress',
		initial: false,
	});
});
