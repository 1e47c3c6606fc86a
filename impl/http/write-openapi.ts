import { writeFileSync } from 'node:fs';
import { openApiDocument } from './openapi.ts';

export const OPENAPI_FILE = new URL('../../docs/openapi.json', import.meta.url);

/** The document as it is checked in. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, '\t')}\n`;

// `npm run openapi` writes the file; importing this does not.
if (import.meta.filename === process.argv[1]) writeFileSync(OPENAPI_FILE, openApiText());
