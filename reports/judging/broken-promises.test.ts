import { expect, test } from 'vitest';
import { checkOf, violationOf } from '../testing/evidence.ts';
import { sayChecked } from '../wording/fate.ts';
import { brokenPromises } from './broken-promises.ts';

test('what many configurations break is one promise, with its shortest story and all of them named', () => {
	const promises = brokenPromises([
		checkOf({ configuration: 'blocks', violations: [violationOf({ events: 7, token: 'v1.a' })] }),
		checkOf({ configuration: 'faults', violations: [] }),
		checkOf({
			configuration: 'quota',
			violations: [violationOf({ guarantee: 'L1' }), violationOf({ events: 4, token: 'v1.b' })],
		}),
		checkOf({ configuration: 'late', violations: [violationOf({ events: 4, token: 'v1.c' })] }),
	]);
	expect(
		promises.map(({ guarantee, token, configurations }) => [guarantee, token, configurations]),
	).toEqual([
		['S1', 'v1.b', ['quota', 'blocks', 'late']],
		['L1', 'v1.check', ['quota']],
	]);
	expect(promises.map(({ configurations }) => sayChecked(configurations))).toEqual([
		'checker, configuration quota; also in blocks, late',
		'checker, configuration quota',
	]);
});
