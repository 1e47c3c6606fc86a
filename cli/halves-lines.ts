import { WITNESSES } from '../model/guarantees/situations.ts';
import type { ConfigurationEvidence } from '../reports/evidence/check-evidence.ts';
import { halvesOf } from '../reports/judging/halves.ts';
import { sayHalves } from '../reports/wording/halves.ts';
import { SHOW } from './ending-lines.ts';

/** Halves that are named without being asked for. */
const NAMED = 12;

/** How many halves of all guarantees checks put to the test, and which they did not; none where they were not counted. */
export function halvesLines(
	checks: readonly ConfigurationEvidence[],
	{ verbose }: { readonly verbose: boolean },
): string[] {
	const halves = halvesOf(checks);
	if (halves === null) return [];
	const { never } = halves;
	const said = `halves    ${sayHalves(halves)}`;
	if (never.length === 0) return [said];
	if (!verbose) return [`${said}: ${never.length > NAMED ? SHOW : never.join(', ')}`];
	const rows = WITNESSES.filter(({ name }) => never.includes(name));
	return [`${said}:`, ...rows.map(({ name, sentence }) => `          ${name}: ${sentence}`)];
}
