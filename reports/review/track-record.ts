import { sayIds, sayLength } from '../evidence/recorded-bug.ts';
import { MULLIGAN } from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';
import { sayGuarantee } from '../wording/guarantee.ts';
import type { Section } from './document.ts';
import type { ReviewInput } from './input.ts';

/** The real bugs that are known to be found; null: none was given. */
export function trackRecord({ record = [] }: ReviewInput): Section | null {
	if (record.length === 0) return null;
	const longest = Math.max(...record.map(({ events }) => events));
	const unpromised = record.filter(({ breaks }) => breaks.length === 0).length;
	const found =
		unpromised === 0
			? 'each found by a promise that breaks'
			: `${record.length - unpromised} found by a promise that breaks, ${unpromised} by a difference from the model`;
	return {
		id: 'record',
		title: 'Real bugs that are found',
		short: 'Track record',
		answer: `${plural(record.length, 'real bug')} of automatic retry, built into the reference one at a time: ${found}, in stories of at most ${plural(longest, 'event')}.`,
		lead: 'What is to be trusted must have found something. These are bugs of deployed systems; each is shown by a shrunk story, which every verification tells first, of the reference as it is. There it must break nothing.',
		source: `${MULLIGAN} deviations`,
		blocks: [
			{
				kind: 'folded',
				summary: [`${plural(record.length, 'bug')}, and the promises that find each`],
				blocks: [
					{
						kind: 'table',
						label: 'Real bugs',
						head: [
							'bug',
							'what its users saw',
							'found by',
							'events',
							'where it was',
							'last reproduced at',
						],
						wide: ['what its users saw'],
						rows: record.map((bug) => [
							sayIds(bug.ids),
							bug.symptom,
							bug.breaks.map(sayGuarantee).join(', ') || (bug.difference ?? ''),
							sayLength(bug),
							bug.where,
							bug.commit ?? 'not yet',
						]),
					},
				],
			},
		],
	};
}
