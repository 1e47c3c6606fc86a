import { hostSeen } from '../../../system/observe.ts';
import type { HostObservation } from '../../../vocabulary/observation.ts';
import { isPossible, OUTCOMES } from '../../../vocabulary/possible.ts';
import { type Bounds, costOf } from '../bounds.ts';
import { hostPlace } from '../scratch.ts';
import { type Acting, type Costed, NOTHING, type RetryRule } from './acting.ts';

/** What an agent and its commands can do by themselves. */
export function ofHost(acting: Acting, host: number): RetryRule {
	const { setup, tables, local } = acting.scratch;
	const reads = [hostPlace(setup, host)];
	return {
		reads,
		ask: ([state = 0]) => {
			const seen = hostSeen(setup, tables, host, local.host(state), null);
			const possible = eventsOf(acting.bounds, seen).filter(({ event }) =>
				isPossible(setup, { ...NOTHING, hosts: [seen] }, event),
			);
			return possible.map(({ event, cost }) => acting.outcome(event, reads, [state], cost));
		},
	};
}

function eventsOf(bounds: Bounds, { id: host, doing, background }: HostObservation): Costed[] {
	const { outcomes, posted = [], posts = 0, beats = 0, deaths = 0, abandons } = bounds;
	const events: Costed[] = [
		{ event: { kind: 'host-asks', host } },
		{ event: { kind: 'call-retried', host } },
		{ event: { kind: 'agent-returns', host } },
		...background.map((position) => ({
			event: { kind: 'background-fails', host, position } as const,
		})),
	];
	if (abandons === true) events.push({ event: { kind: 'call-abandoned', host } });
	if (beats > 0) events.push({ event: { kind: 'heartbeat-sent', host }, cost: costOf('beats') });
	if (deaths > 0) events.push({ event: { kind: 'agent-dies', host }, cost: costOf('deaths') });
	if (doing.kind !== 'running') return events;
	for (const outcome of outcomes ?? OUTCOMES[doing.position.block])
		events.push({ event: { kind: 'command-ends', host, outcome } });
	if (posts > 0)
		for (const one of posted)
			events.push({ event: { kind: 'status-posted', host, posted: one }, cost: costOf('posts') });
	return events;
}
