import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCHEMA_FILE, scenarioSchema } from './write-schema.ts';

test('the JSON Schema of scenarios is fresh; otherwise run `npm run schemas`', () => {
	expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(JSON.parse(scenarioSchema()));
});

test('the JSON Schema describes every line of a story, and allows one key a line', () => {
	const text = scenarioSchema();
	for (const word of ['"host-asks"', '"exchange"', '"request mark"', '"maxProperties": 1'])
		expect(text).toContain(word);
});
