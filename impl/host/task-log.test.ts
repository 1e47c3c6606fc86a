import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { TaskLog } from './task-log.ts';

const SECRETS = [{ name: 'password', value: 'hunter2' }];

function logOf(most_bytes?: number) {
	const path = join(testFolder(), 'task.log');
	const log = new TaskLog(path, SECRETS, most_bytes);
	return { log, path, text: () => readFileSync(path, 'utf8') };
}

test('what a command prints is in the file at once, line by line', () => {
	const { log, text } = logOf();
	const stream = log.stream(false);
	stream.push(Buffer.from('one\ntw'));
	expect(text()).toBe('one\n');
	stream.push(Buffer.from('o\n'));
	expect(text()).toBe('one\ntwo\n');
});

test('lines of two streams do not tear each other', () => {
	const { log, text } = logOf();
	const [out, err] = [log.stream(false), log.stream(false)];
	out.push(Buffer.from('out'));
	err.push(Buffer.from('err'));
	out.push(Buffer.from('put\n'));
	err.push(Buffer.from('or'));
	err.flush();
	expect(text()).toBe('output\nerror\n');
});

test('a secret that is cut between pieces, lines of a stream or even bytes of a character is redacted', () => {
	const { log, text } = logOf();
	const stream = log.stream(false);
	const bytes = Buffer.from('ü hunter2\n');
	for (const byte of bytes) stream.push(Buffer.from([byte]));
	stream.push(Buffer.from('hunt'));
	log.close();
	stream.push(Buffer.from('er2\n'));
	expect(text()).toBe('ü <REDACTED:password>\n');
});

test('a secret in a line too long to wait for is redacted, whatever is printed in between', () => {
	const { log, text } = logOf();
	const [out, err] = [log.stream(false), log.stream(false)];
	out.push(Buffer.from(`${'x'.repeat(70_000)}hunt`));
	err.push(Buffer.from('error\n'));
	log.say('something else');
	out.push(Buffer.from('er2\n'));
	out.flush();
	expect(text()).not.toContain('hunt');
	expect(text()).toMatch(/error\n\[.*\] something else\n<REDACTED:password>\n$/);
});

test('the agent tells no secret either', () => {
	const { log, text } = logOf();
	log.say('running hunter2');
	log.explain('not hunter2');
	log.close();
	expect(text()).toMatch(
		/^\[.*Z\] running <REDACTED:password>\n\[.*Z\] not <REDACTED:password>\n$/,
	);
});

test('a silent command is heard and not kept', () => {
	const { log, text } = logOf();
	let heard = 0;
	log.onOutput = () => {
		heard++;
	};
	log.stream(true).push(Buffer.from('quiet\n'));
	expect(heard).toBe(1);
	expect(text()).toBe('');
});

test('a log ends at its limit and says so in its last line', () => {
	const { log, path, text } = logOf(100);
	const stream = log.stream(false);
	for (let line = 0; line < 50; line++) stream.push(Buffer.from(`line ${line}\n`));
	log.close();
	expect(text()).toMatch(
		/line 12\n\n?[^\n]*\n?\[the log has reached its limit of 100 bytes and ends here\]\n$/,
	);
	expect(statSync(path).size).toBeLessThan(200);
});

test('a line that never ends is written in pieces', () => {
	const { log, text } = logOf();
	const stream = log.stream(false);
	stream.push(Buffer.alloc(100_000, 'x'));
	expect(text()).toHaveLength(100_000);
});

test('only its owner may read a log', () => {
	const { path } = logOf();
	expect(statSync(path).mode & 0o777).toBe(0o600);
});
