import { expect, test } from 'vitest';
import { HttpFixture } from '../testing/http-fixture.ts';
import { createLog } from './log.ts';

function written(): { lines: string[]; log: ReturnType<typeof createLog> } {
	const lines: string[] = [];
	return { lines, log: createLog('debug', { write: (line) => void lines.push(line) }) };
}

test('a whole run is logged without a secret or a key', async () => {
	const { lines, log } = written();
	const fixture = await HttpFixture.started({}, log);
	const secrets = [...Object.values(fixture.keys)];
	const remember = () => {
		const { 'Host-Secret': host = '', 'Task-Secret': task = '' } = fixture.identity();
		secrets.push(host, task);
	};
	remember();
	await fixture.agent('POST', `task/${HttpFixture.task}/restart`);
	await fixture.end();
	remember();
	fixture.failStore(new Error('no store'));
	await fixture.user('GET', `tasks/${HttpFixture.task}`);
	const text = lines.join('');
	for (const word of ['granted', '"kind":"restarted"', '"kind":"ended"', 'no store', 'answered'])
		expect(text).toContain(word);
	expect(new Set(secrets).size).toBe(5);
	for (const secret of secrets) expect(text).not.toContain(secret);
});

test('a secret that slips in is redacted', () => {
	const { lines, log } = written();
	log.info({ secret: 'sssh', headers: { 'Task-Secret': 'sssh', 'api-key': 'sssh' } }, 'oh');
	log.info({ user: { key: 'sssh', record: { key_hash: 'sssh' } }, body: { task_secret: 'sssh' } });
	expect(lines).toHaveLength(2);
	expect(lines.join('')).not.toContain('sssh');
});
