import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';
import { type BrokenPromise, sayConfigurations } from '../judging/broken-promises.ts';
import { sayBounds } from '../wording/bounds.ts';
import { sayUnknown } from '../wording/ending.ts';
import { FOR_EVER, NOTHING_MORE, sayLate, sentence } from '../wording/fate.ts';
import { plural } from '../wording/figures.ts';
import { cell, replay } from './text.ts';

/** What the checker went through: every state, up to the bounds of each configuration. */
export const checkSection = (checks: readonly ConfigurationEvidence[]): string[] =>
	checks.length === 0
		? []
		: [
				'| checked | states | steps | depth | verdict | bound |',
				'|---|---:|---:|---:|---|---|',
				...checks.map(
					({ configuration, states, generated, depth, verdict, covers, bounds, ...rest }) =>
						`| ${cell(configuration)} | ${states} | ${generated} | ${depth} | ${verdict}${verdict === 'unknown' ? ` (${sayUnknown(rest)})` : ''} | ${cell(`${covers} ${sayBounds(bounds)}`)} |`,
				),
				'',
			];

/** What the checker found broken, with the line that replays it. */
export function violationSection(promise: BrokenPromise): string[] {
	const { configurations, guarantee, events, loop, token } = promise;
	const late = sayLate(promise);
	return [
		'',
		`**${guarantee}** (check: ${cell(sayConfigurations(configurations))}, ${plural(events, 'event')}${late === null ? '' : `, ${late}`}): ${cell(promise.sentence)}`,
		...(loop === null ? [] : ['', sentence(loop.length === 0 ? NOTHING_MORE : `${FOR_EVER}:`)]),
		...(loop === null || loop.length === 0 ? [] : ['', ...loop.map((event) => `- ${cell(event)}`)]),
		'',
		replay(token),
	];
}
