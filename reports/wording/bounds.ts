import { sayExit } from '../../model/vocabulary/command.ts';
import type { BoundsEvidence } from '../evidence/check-evidence.ts';
import { plural } from './figures.ts';

/** What is counted, and the words for one of it and for several. */
const COUNTED = [
	['losses', 'loss', 'losses'],
	['repeats', 'repeat', 'repeats'],
	['crashes', 'crash', 'crashes'],
	['deaths', 'death of an agent', 'deaths of agents'],
	['aborts', 'abort', 'aborts'],
	['restarts', 'restart by a user', 'restarts by users'],
	['beats', 'heartbeat', 'heartbeats'],
	['posts', 'posted status', 'posted statuses'],
	['hours', 'time at which an hour passes', 'times at which an hour passes'],
	['forgeries', 'forged request', 'forged requests'],
	['holds', 'handler held', 'handlers held'],
	['changes', 'change of the policy', 'changes of the policy'],
	['departures', 'host taken away', 'hosts taken away'],
	['requests', 'request for what is not finished', 'requests for what is not finished'],
] as const satisfies readonly (readonly [keyof BoundsEvidence, string, string])[];

/** How far a configuration goes, in a sentence. */
export function sayBounds(bounds: BoundsEvidence): string {
	const often = COUNTED.flatMap(([key, one, several]) => {
		const count = bounds[key] ?? 0;
		return count === 0 ? [] : [plural(count, one, several)];
	});
	const outcomes =
		bounds.outcomes === undefined ? '' : `; commands end as ${bounds.outcomes.join(' or ')}`;
	const messages = plural(bounds.messages, 'message');
	const exits =
		bounds.exits === undefined
			? ''
			: `; those that fail with ${bounds.exits.map(sayExit).join(' or ')}, or nothing told`;
	const stretches =
		bounds.stretches === undefined ? '' : `; ${bounds.stretches.join(' or ')} hours pass at once`;
	const cuts =
		bounds.cuts === undefined ? '' : `; a host is cut off for ${bounds.cuts.join(' or ')} minutes`;
	const time = bounds.still === true ? '; time stands still' : '';
	return `At most ${[`${messages} in flight`, ...often].join(', ')}${outcomes}${exits}${stretches}${cuts}${time}.`;
}
