import { expect, test } from 'vitest';
import { checkOf, evidenceOf, violationOf } from '../testing/evidence.ts';
import { changesSince } from './changes-since.ts';

const finding = (guarantee: string, token: string) => ({
	kind: 'violated' as const,
	guarantee,
	sentence: `${guarantee} is broken`,
	source: 'corpus',
	events: 3,
	token,
});

test('what is wrong is new, resolved or still open by what it is, whichever story shows it', () => {
	const old = evidenceOf({ findings: [finding('S1', 'v1.a'), finding('S2', 'v1.b')] });
	const now = evidenceOf({ findings: [finding('S2', 'v1.c'), finding('L1', 'v1.d')] });
	const { added, resolved, open } = changesSince(old, now);
	expect(added.map(({ key }) => key)).toEqual(['L1']);
	expect(resolved.map(({ key }) => key)).toEqual(['S1']);
	expect(open.map(({ key }) => key)).toEqual(['S2']);
});

test('a promise that is broken in a configuration is not the one that a story breaks', () => {
	const violation = {
		guarantee: 'S1',
		name: 'bounded-restarts',
		sentence: 'one too many',
		events: 4,
		unavoidable: null,
		loop: null,
		token: null,
	};
	const old = evidenceOf({ findings: [finding('S1', 'v1.a')] });
	const now = evidenceOf({ checks: [checkOf({ violations: [violation] })] });
	expect(changesSince(old, now).added.map(({ key }) => key)).toEqual([
		'S1 in configuration blocks',
	]);
	expect(changesSince(old, now).resolved).toHaveLength(1);
});

test('a verdict that became unknown is told, one that stayed is not', () => {
	const old = evidenceOf();
	const [first, ...rest] = old.guarantees;
	const now = evidenceOf({
		guarantees: [
			...(first === undefined ? [] : [{ ...first, verdict: 'unknown' as const }]),
			...rest,
		],
	});
	expect(changesSince(old, now).verdicts).toEqual([{ id: 'S1', was: 'holds', is: 'unknown' }]);
	expect(changesSince(old, evidenceOf({ guarantees: rest })).verdicts).toEqual([
		{ id: 'S1', was: 'holds', is: null },
	]);
});

test('what several configurations break is told once, and apart from what is new in one of them', () => {
	const broken = (...configurations: string[]) =>
		evidenceOf({
			checks: configurations.map((configuration) =>
				checkOf({ configuration, violations: [violationOf()] }),
			),
		});
	const { added, open } = changesSince(broken('a', 'b'), broken('a', 'b', 'c'));
	expect(open.map(({ key }) => key)).toEqual(['S1 in configurations a and b']);
	expect(added.map(({ key }) => key)).toEqual(['S1 in configuration c']);
});
