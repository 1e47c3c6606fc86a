import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { descriptionOf } from './key-descriptions.ts';
import { ScenarioFile } from './scenario-file.ts';

/** Where the JSON Schema of scenario files lies, for editors and other tools. */
export const SCHEMA_FILE = new URL('../scenario.schema.json', import.meta.url);

type Schema = z.core.JSONSchema.JSONSchema;

/** The schema as text; the file must equal it. */
export function scenarioSchema(): string {
	const schema = z.toJSONSchema(ScenarioFile, { io: 'input', reused: 'ref' });
	describeKeys(schema, schema.$defs ?? {});
	return `${JSON.stringify({ ...schema, title: 'mulligan scenario, version 1' }, null, '\t')}\n`;
}

/** Describes each key whose own schema says nothing. What several keys share is described where it is met first. */
function describeKeys(
	schema: Schema,
	shared: Readonly<Record<string, Schema>>,
	parent = '',
	met = new Set<string>(),
): void {
	const name = schema.$ref?.replace('#/$defs/', '');
	const referred = name === undefined || met.has(name) ? undefined : shared[name];
	if (name !== undefined) met.add(name);
	if (referred !== undefined) describeKeys(referred, shared, parent, met);
	const { items, additionalProperties, anyOf = [], properties = {} } = schema;
	for (const inner of [items, additionalProperties, ...anyOf].flat())
		if (typeof inner === 'object') describeKeys(inner, shared, parent, met);
	for (const [key, value] of Object.entries(properties)) {
		if (typeof value !== 'object') continue;
		const description = descriptionOf(parent, key);
		if (value.description === undefined && description !== undefined)
			value.description = description;
		describeKeys(value, shared, key, met);
	}
}

if (process.argv[1] !== undefined && import.meta.url === new URL(process.argv[1], 'file:').href)
	writeFileSync(SCHEMA_FILE, scenarioSchema());
