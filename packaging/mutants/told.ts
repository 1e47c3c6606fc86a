import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** In the copy in which mutants are tried. */
const FILE = 'told.jsonl';

const Line = z.object({
	/**
	 * `loaded`: passed while a module was loaded or tests were gathered; `reached`: passed by a test; `killed`: a test
	 * failed; `hung`: passed so often in a test that it goes round for ever, or the test did not end. Of one that is there from the beginning:
	 * `killed` by a test, `shown` by a story, or `survived`.
	 */
	kind: z.enum(['loaded', 'reached', 'killed', 'shown', 'survived', 'hung']),
	mutants: z.array(z.string()),
});

export type Kind = z.infer<typeof Line>['kind'];

/** Says what is known of some mutants, to who started the tests and to the tests that are started next. */
export function tell(kind: Kind, mutants: readonly string[]): void {
	if (mutants.length > 0) appendFileSync(FILE, `${JSON.stringify({ kind, mutants })}\n`);
}

/** Of which mutants that was told until now, in this folder. */
export function told(kind: Kind, folder = ''): Set<string> {
	const file = `${folder}${FILE}`;
	const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
	return new Set(
		lines
			.map((line) => Line.parse(JSON.parse(line)))
			.flatMap((line) => (line.kind === kind ? line.mutants : [])),
	);
}
