import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';
import { type BrokenPromise, sayConfigurations } from '../judging/broken-promises.ts';
import { sayBounds } from '../wording/bounds.ts';
import { replayCommand } from '../wording/commands.ts';
import { sayUnknown } from '../wording/ending.ts';
import { plural } from '../wording/figures.ts';
import { cell } from './text.ts';

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
export const violationSection = ({
	configurations,
	guarantee,
	events,
	unavoidable,
	sentence,
	loop,
	token,
}: BrokenPromise): string[] => [
	'',
	`**${guarantee}** (check: ${cell(sayConfigurations(configurations))}, ${plural(events, 'event')}${unavoidable === null ? '' : `, could not be avoided after ${unavoidable}`}): ${cell(sentence)}`,
	...(loop === null || loop.length === 0 ? [] : ['', 'Then for ever:', '']),
	...(loop ?? []).map((event) => `- ${cell(event)}`),
	'',
	...(token === null
		? ['The story is too large for a token.']
		: ['```', replayCommand(token), '```']),
];
