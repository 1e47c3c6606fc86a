import { type Event, FAULTS } from '../../model/vocabulary/event.ts';
import { find, type MessageSelector } from '../../model/vocabulary/message.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Arrow, Lane, ToldEvent } from '../../reports/told-story.ts';

/** Who takes part: hosts left and server right of each other, users and strangers only where they act. */
export function lanesOf(setup: Setup, events: readonly Event[]): Lane[] {
	const kinds = new Set(events.map(({ kind }) => kind));
	const user = kinds.has('user-aborts') || kinds.has('user-restarts');
	return [
		...setup.hosts.map((name): Lane => ({ kind: 'agent', name })),
		{ kind: 'server', name: 'app server' },
		...(user ? [{ kind: 'user', name: 'user' } as const] : []),
		...(kinds.has('request-forged') ? [{ kind: 'stranger', name: 'stranger' } as const] : []),
	];
}

type Drawn = Pick<ToldEvent, 'arrow' | 'lane' | 'fault'>;

/** Where an event stands in the picture: an arrow, or a place in a lane. */
export function draw(lanes: readonly Lane[], before: Observation, event: Event): Drawn {
	const fault = FAULTS.has(event.kind);
	const at = (kind: Lane['kind'], name?: string): number =>
		Math.max(
			0,
			lanes.findIndex((lane) => lane.kind === kind && (name === undefined || lane.name === name)),
		);
	const server = at('server');
	const stands = (lane: number | null): Drawn => ({ arrow: null, lane, fault });
	const goes = (from: number, label: string, fate: Arrow['fate'], to = server): Drawn => ({
		arrow: { from, to, label, fate },
		lane: null,
		fault,
	});
	const message = (selector: MessageSelector, fate: Arrow['fate']): Drawn => {
		const found = before.messages[find(selector, before.messages)] ?? selector;
		const host = at('agent', found.host);
		const outcome = found.outcome == null ? '' : `: ${found.outcome}`;
		const label = `${found.route}${outcome}`;
		return found.leg === 'request' ? goes(host, label, fate) : goes(server, label, fate, host);
	};
	switch (event.kind) {
		case 'message-delivered':
			return message(event.message, 'arrives');
		case 'message-lost':
			return message(event.message, 'lost');
		case 'message-repeated':
			return message(event.message, 'repeated');
		case 'host-asks':
			return goes(at('agent', event.host), 'next', 'sent');
		case 'heartbeat-sent':
			return goes(at('agent', event.host), 'heartbeat', 'sent');
		case 'user-aborts':
			return goes(at('user'), `abort ${event.task}`, 'arrives');
		case 'user-restarts':
			return goes(
				at('user'),
				`restart ${event.failed_only ? 'what failed in ' : ''}${event.task}`,
				'arrives',
			);
		case 'request-forged':
			return goes(at('stranger'), `${event.route} of ${event.task}`, 'arrives');
		case 'server-crashes':
		case 'server-returns':
		case 'monitor-runs':
			return stands(server);
		case 'hours-pass':
			return stands(null);
		case 'command-ends':
		case 'background-fails':
		case 'status-posted':
		case 'call-retried':
		case 'call-abandoned':
		case 'agent-dies':
		case 'agent-returns':
		case 'host-unreachable':
			return stands(at('agent', event.host));
	}
}
