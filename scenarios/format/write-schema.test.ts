import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { KEY_DESCRIPTIONS } from './key-descriptions.ts';
import { SCHEMA_FILE, scenarioSchema } from './write-schema.ts';

test('the JSON Schema of scenarios is fresh; otherwise run `npm run schemas`', () => {
	expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(JSON.parse(scenarioSchema()));
});

test('the JSON Schema describes every line of a story, and allows one key a line', () => {
	const text = scenarioSchema();
	for (const word of ['"host-asks"', '"exchange"', '"request mark"', '"maxProperties": 1'])
		expect(text).toContain(word);
});

test('every key is described, so that an editor says what can be written', () => {
	const schema: z.core.JSONSchema.JSONSchema = JSON.parse(scenarioSchema());
	const shared = schema.$defs ?? {};
	const bare: string[] = [];
	const look = (one: z.core.JSONSchema.JSONSchema): void => {
		for (const [key, value] of Object.entries(one.properties ?? {})) {
			if (typeof value !== 'object') continue;
			const said =
				value.description ?? shared[value.$ref?.replace('#/$defs/', '') ?? '']?.description;
			if (said === undefined) bare.push(key);
		}
		for (const inner of [
			...Object.values(one.properties ?? {}),
			...[one.items, one.additionalProperties, ...(one.anyOf ?? [])].flat(),
		])
			if (typeof inner === 'object') look(inner);
	};
	for (const one of [schema, ...Object.values(shared)]) look(one);
	expect(bare).toEqual([]);
});

test('no description is of a key that there is not', () => {
	const text = scenarioSchema();
	const strange = Object.keys(KEY_DESCRIPTIONS).filter(
		(key) => !text.includes(`"${key.split('.').at(-1)}": {`),
	);
	expect(strange).toEqual([]);
});
