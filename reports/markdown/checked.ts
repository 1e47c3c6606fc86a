import { type BrokenPromise, sayConfigurations } from '../judging/broken-promises.ts';
import { FOR_EVER, NOTHING_MORE, sayLate, sentence } from '../wording/fate.ts';
import { plural } from '../wording/figures.ts';
import { plain, replay } from './text.ts';

/** What the checker found broken, with the line that replays it. */
export function violationSection(promise: BrokenPromise): string[] {
	const { configurations, guarantee, events, loop, token } = promise;
	const late = sayLate(promise);
	return [
		'',
		`**${guarantee}** (check: ${plain(sayConfigurations(configurations))}, ${plural(events, 'event')}${late === null ? '' : `, ${late}`}): ${plain(promise.sentence)}`,
		...(loop === null ? [] : ['', sentence(loop.length === 0 ? NOTHING_MORE : `${FOR_EVER}:`)]),
		...(loop === null || loop.length === 0
			? []
			: ['', ...loop.map((event) => `- ${plain(event)}`)]),
		'',
		replay(token),
	];
}
