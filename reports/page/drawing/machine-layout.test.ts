import { expect, test } from 'vitest';
import { GRAPH } from '../../testing/review.ts';
import { edgesOf, isDrawn } from '../../wording/transitions.ts';
import { heat } from '../machine-drawing.tsx';
import { layOut } from './machine-layout.ts';

test('transitions between the same two states share an arrow; what stays or is for any state has none', () => {
	expect(edgesOf(GRAPH)).toEqual([
		{ source: 'lamp.off', target: 'lamp.on.dim', transitions: [0, 1] },
		{ source: 'lamp.on.dim', target: 'lamp.on.bright', transitions: [2] },
	]);
	expect(GRAPH.transitions.map((transition) => isDrawn(GRAPH, transition))).toEqual([
		true,
		true,
		true,
		false,
	]);
});

test('a state lies inside its parent, an arrow ends where its states are, and all is inside the drawing', async () => {
	const { states, edges, width, height } = await layOut(GRAPH);
	const by = new Map(states.map((state) => [state.id, state] as const));
	const parent = by.get('lamp.on');
	const child = by.get('lamp.on.bright');
	expect(parent?.parent).toBe(true);
	expect(child?.x).toBeGreaterThan(parent?.x ?? Infinity);
	expect((child?.y ?? Infinity) + (child?.height ?? 0)).toBeLessThan(
		(parent?.y ?? 0) + (parent?.height ?? 0),
	);
	for (const { points } of edges) {
		expect(points.length).toBeGreaterThan(1);
		for (const { x, y } of points) {
			expect(x).toBeLessThanOrEqual(width);
			expect(y).toBeLessThanOrEqual(height);
		}
	}
	const often = GRAPH.transitions.map((transition) => ({ ...transition, count: 5 }));
	expect(await layOut({ ...GRAPH, transitions: often })).toEqual({ states, edges, width, height });
});

test('an arrow is warmer by each power of ten', () => {
	expect([0, 1, 9, 10, 999, 1000, 12_345, 9_999_999].map(heat)).toEqual([0, 1, 1, 2, 3, 4, 5, 5]);
});
