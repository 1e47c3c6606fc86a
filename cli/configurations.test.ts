import { describe, expect, test } from 'vitest';
import { configurations } from '../model/checker/configurations/index.ts';
import { chosen, isWhole } from './configurations.ts';

const names = (some: ReturnType<typeof chosen>) => some.map(({ name }) => name);

describe('the configurations that are chosen', () => {
	test('are all of the profile, where none is named: large ones are left out of the quick one', () => {
		const quick = names(chosen([], 'quick'));
		const standard = names(chosen([], 'standard'));
		expect(standard).toEqual(configurations.map(({ name }) => name));
		expect(standard.filter((name) => !quick.includes(name))).toEqual([
			'quota-hours',
			'display',
			'group',
			'together',
			'joining',
			'display-users',
			'awaiting',
			'finished',
			'overlap-marks',
			'overlap-abort',
			'overlap-monitor',
			'overlap-beat',
			'overlap-users',
			'overlap-next',
			'overlap-members',
			'overlap-quota',
			'overlap-settled',
			'overlap-version',
			'overlap-cap',
			'policy',
			'projects',
			'versions',
			'version-groups',
			'version-fails',
			'hosts',
			'group-moves',
			'hosts-forged',
			'group-repairs',
			'group-left',
		]);
	});

	test('are those that are named, each once, in whatever profile', () => {
		expect(names(chosen(['together', 'dependents', 'dependents'], 'quick'))).toEqual([
			'together',
			'dependents',
		]);
	});

	test('are whole if none of the profile is missing', () => {
		const quick = chosen([], 'quick');
		expect(isWhole(quick, 'quick')).toBe(true);
		expect(isWhole(quick, 'standard')).toBe(false);
		expect(isWhole(quick.slice(1), 'quick')).toBe(false);
	});

	test('are told where one is not known', () => {
		expect(() => chosen(['nothing'], 'quick')).toThrow('there is no configuration "nothing"');
	});
});
