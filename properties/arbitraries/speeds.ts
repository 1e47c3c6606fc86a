import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** How likely an event that was drawn happens now; else it is put off. */
export type Speed = (event: Event) => number;

/** Of the stories on several hosts, so many have agents of different speeds. */
const SHARE = 1 / 4;

/** One agent is fast; the others get so far with what they run in the time in which it does one thing. */
const SLOW = 1 / 32;

/**
 * The agent that gets on with what it runs: a command of it ends, or its mark or end arrives, or is answered. What it is given, and
 * its heartbeats, take no longer: else it would begin nothing, or be lost.
 */
function agentOf(event: Event): string | null {
	if (event.kind === 'command-ends') return event.host;
	if (event.kind !== 'message-delivered') return null;
	const { route, host } = event.message;
	return route === 'mark' || route === 'end' ? (host ?? null) : null;
}

/**
 * How fast the agents of a story are, as a number in [0, 1) says; null: all alike, and nothing is to be drawn for it. So one may
 * finish an execution after the other while a command of another one runs, and calls of that one linger.
 */
export function speedsOf({ hosts }: Setup, drawn: number): Speed | null {
	if (hosts.length < 2 || drawn >= SHARE) return null;
	const fast = hosts[Math.floor((drawn / SHARE) * hosts.length)];
	return (event) => {
		const agent = agentOf(event);
		return agent === null || agent === fast ? 1 : SLOW;
	};
}
