import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machines } from '../model/machines/index.ts';
import { createTables } from '../model/system/tables.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();

/** Calls `mulligan export promela` in this process and tells with which status it would exit. */
const exportPromela = (...args: readonly string[]): Promise<unknown> =>
	exitStatus(['export', 'promela', ...args]);

test('a model is printed, and how SPIN is run on it and what it finds is said beside', async () => {
	expect(await exportPromela('merge-queue')).toBe(0);
	expect(stdout).toHaveLength(1);
	const [, states, steps] = /(\d+) states, (\d+) transitions/.exec(stdout[0] ?? '') ?? [];
	expect(stdout[0]).toContain('active proctype explorer()');
	const said = stderr.join('\n').replaceAll(',', '');
	expect(said).toContain('spin -a model.pml && gcc -O3 -DSAFETY -DNOREDUCE ');
	expect(said).toContain(`SPIN finds ${states} states ${steps} transitions`);
	expect(said).toMatch(/ and 0 errors$/);
	expect(said).not.toContain('-c0');
});

test('a model with broken promises is exported all the same, and SPIN is to go on beyond them', async () => {
	const task = machines.task.provide({ guards: { 'merge queue': () => false } });
	const lax = { machines: () => createTables({ task }) };
	expect(await exitStatus(['export', 'promela', 'merge-queue'], lax)).toBe(0);
	const [, states, broken = '0'] =
		/(\d+) states, .* (\d+) broken promises/.exec(stdout[0] ?? '') ?? [];
	expect(Number(broken)).toBeGreaterThan(0);
	const said = stderr.join('\n').replaceAll(',', '');
	expect(said).toMatch(/ -c0\n/);
	expect(said).toContain(`SPIN finds ${states} states `);
	expect(said).toContain(` and ${broken} errors`);
});

test('a model is written into a new file, and never over one that is there', async () => {
	const file = join(folder, 'merge-queue.pml');
	expect(await exportPromela('merge-queue', '--output', file)).toBe(0);
	expect(stdout).toEqual([]);
	expect(readFileSync(file, 'utf8')).toContain('active proctype explorer()');
	expect(stderr.join('\n')).toContain(`spin -a ${file} && `);
	writeFileSync(file, 'mine');
	expect(await exportPromela('merge-queue', '--output', file)).toBe(2);
	expect(readFileSync(file, 'utf8')).toBe('mine');
	expect(stderr.join('\n')).toContain('is there already and stays as it is (name a new file');
});

test('a folder that is not there is told before any work', async () => {
	const file = join(folder, 'nowhere', 'model.pml');
	expect(await exportPromela('merge-queue', '--output', file)).toBe(2);
	expect(stderr.join('\n')).toMatch(/the model cannot be written: ENOENT.*\(name a new file/);
});

test('a name that no configuration has is told, with those that there are', async () => {
	expect(await exportPromela('nowhere')).toBe(2);
	expect(stderr[0]).toBe('mulligan: there is no configuration "nowhere"; known are:');
	expect(stderr.join('\n')).toContain('  merge-queue ');
});

test('a configuration that does not fit is not exported by half', async () => {
	const file = join(folder, 'model.pml');
	expect(await exportPromela('faults', '--memory', '1M', '--output', file)).toBe(2);
	expect(stderr.join('\n')).toMatch(/faults does not fit: .* \(give more with --memory/);
	expect(existsSync(file)).toBe(false);
});

test('its help names the configurations', async () => {
	expect(await exportPromela('--help')).toBe(0);
	expect(stdout.join('')).toContain('\n  merge-queue ');
});
