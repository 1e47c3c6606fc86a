import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Progress } from './progress.ts';

/** A stream that keeps what is written, as a terminal or not. */
function streamOf(kind: { isTTY: boolean; columns?: number }) {
	const written: string[] = [];
	return { stream: { ...kind, write: (text: string) => written.push(text) }, written };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('elsewhere than on a terminal: a line a phase, then one every few seconds', () => {
	const { stream, written } = streamOf({ isTTY: false });
	const progress = new Progress(false, stream);
	progress.report('corpus', 'a');
	progress.report('corpus', 'b');
	vi.advanceTimersByTime(5001);
	progress.report('corpus', 'c');
	progress.report('scenarios', 'd');
	progress.report('scenarios', 'e');
	progress.done();
	expect(written.join('')).toBe('corpus: a\ncorpus: c\nscenarios: d\n');
});

test('on a terminal one line is written over, no longer than it is wide, and wiped', () => {
	const { stream, written } = streamOf({ isTTY: true, columns: 24 });
	const progress = new Progress(false, stream);
	progress.report('generated projects', '1234 stories');
	progress.report('a', 'b');
	progress.done();
	const wipe = '\r\u{1b}[2K';
	expect(written.join('')).toBe(`${wipe}generated projects: 123${wipe}a: b${wipe}`);
});

test.each([true, false])('silent, it says nothing (terminal: %s)', (isTTY) => {
	const { stream, written } = streamOf({ isTTY });
	const progress = new Progress(true, stream);
	progress.report('corpus', 'a');
	progress.done();
	expect(written).toEqual([]);
});
