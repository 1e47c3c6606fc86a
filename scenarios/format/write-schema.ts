import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ScenarioFile } from './scenario-file.ts';

/** Where the JSON Schema of scenario files lies, for editors and other tools. */
export const SCHEMA_FILE = new URL('../scenario.schema.json', import.meta.url);

/** The schema as text; the file must equal it. */
export function scenarioSchema(): string {
	const schema = z.toJSONSchema(ScenarioFile, { io: 'input', reused: 'ref' });
	return `${JSON.stringify({ ...schema, title: 'mulligan scenario, version 1' }, null, '\t')}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === new URL(process.argv[1], 'file:').href)
	writeFileSync(SCHEMA_FILE, scenarioSchema());
