import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
	Held,
	MarkDecision,
	TaskObservation,
	TaskStatus,
} from '../model/vocabulary/observation.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { fits } from './testing/shown.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/scenarios.md'), 'utf8');
const { folder, stdout, stderr } = surroundEachTest();

/** Most lines of the page: two screens of 60. */
const LINES = 120;
/** Most lines of a scenario of a transient failure. */
const SHORT = 12;

const [, FIRST = ''] = /```yaml title=retry\.yml\n([\s\S]*?)```/.exec(page) ?? [];
const PIECES = [...page.matchAll(/```yaml\n([\s\S]*?)```(?:\n\n```console)?/g)].map(
	([all, text = '']) => ({ text, isShown: all.endsWith('console') }),
);
const SHOWN = [...page.matchAll(/```console\n\$ npx mulligan (.*)\n([\s\S]*?)```/g)].map(
	([, command = '', text = '']) => ({ command, lines: text.trimEnd().split('\n') }),
);

/** The first scenario with what stands in the piece in place of what it has under the same keys. */
function withPiece(piece: string): string {
	const keys = Object.keys(parse(piece));
	// Of its keys, the events alone have lines of their own.
	const isReplaced = (line: string) =>
		keys.some((key) => line.startsWith(`${key}:`) || (key === 'events' && line.startsWith(' ')));
	const lines = FIRST.trimEnd().split('\n');
	const kept = lines.filter((line) => !isReplaced(line));
	kept.splice(lines.findIndex(isReplaced), 0, piece.trimEnd());
	return `${kept.join('\n')}\n`;
}

/** Plays it, as a reader does in an empty folder. */
async function play(text: string, command: string) {
	const file = join(folder, 'retry.yml');
	writeFileSync(file, text);
	const args = command.split(' ').map((word) => (word === 'retry.yml' ? file : word));
	const status = await exitStatus(args);
	const printed = [...stdout, ...stderr].join('\n').replaceAll(`${folder}/`, '').split('\n');
	return { status, printed };
}

/** Whether each line shown is printed, in this order; `…` stands for any others. */
function isPrinted(lines: readonly string[], printed: readonly string[]): void {
	let from = 0;
	for (const line of lines.filter((one) => one !== '…')) {
		const at = printed.findIndex((one, index) => index >= from && fits(line, one));
		expect(at, `"${line}" is printed`).toBeGreaterThanOrEqual(from);
		from = at + 1;
	}
}

describe('the page on scenarios', () => {
	test('fits on two screens, and its first scenario in twelve lines', () => {
		expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(LINES);
		expect(FIRST.trimEnd().split('\n').length).toBeLessThanOrEqual(SHORT);
	});

	test.each(SHOWN)('shows what "$command" prints', async ({ command, lines }) => {
		const at = page.indexOf(`$ npx mulligan ${command}\n${lines[0]}`);
		const piece = PIECES.findLast(({ text, isShown }) => isShown && page.indexOf(text) < at);
		const text = piece === undefined ? FIRST : withPiece(piece.text);
		const { status, printed } = await play(text, command);
		isPrinted(lines, printed);
		expect(status).toBe(piece === undefined ? 0 : 1);
	});

	test.each(PIECES.filter(({ isShown }) => !isShown))('holds with $text', async ({ text }) => {
		const { status, printed } = await play(withPiece(text), 'replay retry.yml');
		expect([status, printed.at(-1)]).toEqual([0, expect.stringMatching(/^holds;/)]);
	});

	test('names all that may be expected of a task, but for what tests of the server look at', () => {
		const keys = Object.keys(TaskObservation.omit({ id: true, secret: true }).shape);
		const times = ['dispatched_minute', 'ended_minute'];
		const words = [...TaskStatus.options, ...Held.options, ...MarkDecision.options];
		for (const word of [...keys.filter((key) => !times.includes(key)), ...words])
			expect(page).toContain(`\`${word}\``);
	});
});
