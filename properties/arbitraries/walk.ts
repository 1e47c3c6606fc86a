import type { Exit } from '../../model/vocabulary/command.ts';
import { dice } from '../../model/vocabulary/dice.ts';
import type { Event, EventKind } from '../../model/vocabulary/events/event.ts';
import { candidates } from '../../model/vocabulary/events/possible.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { speedsOf } from './speeds.ts';
import { type Swarm, withSetup } from './swarm.ts';

/** How often a kind is drawn before the walk gives up: nothing that is on can happen. */
const ATTEMPTS = 40;

/** Chooses the next event of a story from what is seen; null when nothing that is on can happen. */
export type NextEvent = (seen: Observation) => Event | null;

/** A task can be given out, or given out again; or a host has a group to leave. */
const workWaits = (seen: Observation): boolean =>
	seen.tasks.some(
		({ status, held }) => status === 'dispatched' || (status === 'undispatched' && held === null),
	) || seen.hosts.some(({ group }) => group !== null);

/** How likely a command succeeds beyond its even chance; drawn once a story, so that long blocks are passed too. */
const LUCK = [0.3, 0.6, 0.9];

/** How the processes of commands that fail end in random stories. */
const EXITS: readonly Exit[] = [1, 2, 137, 'SIGKILL', 'SIGSEGV', 'SIGTERM'];

/** By what is left of the number that chose the event: what else a seed stands for does not hang on it. Half of them tell nothing. */
function exitBy(left: number): { exit?: Exit } {
	const exit = EXITS[Math.floor((left * 2 - 1) * EXITS.length)];
	return exit === undefined ? {} : { exit };
}

/**
 * A walk through what is possible: kinds by the weights of the swarm, the rest evenly, but for
 * commands, which succeed more often, and in some stories agents, of which one is far ahead. The seed decides everything.
 */
export function walk(setup: Setup, on: Swarm, seed: number, length: number): NextEvent {
	const roll = dice(seed);
	const swarm = withSetup(on, setup);
	const kinds = Object.keys(swarm) as EventKind[];
	const total = kinds.reduce((sum, kind) => sum + (swarm[kind] ?? 0), 0);
	let left = length;
	const lucky = roll() * LUCK.length;
	const luck = LUCK[Math.floor(lucky)] ?? 0.5;
	const speed = speedsOf(setup, lucky % 1);

	const drawKind = (): EventKind | undefined => {
		let rest = roll() * total;
		return kinds.find((kind) => {
			rest -= swarm[kind] ?? 0;
			return rest < 0;
		});
	};

	/** What was drawn, as it happens: many commands succeed, and how others exit is told by what is left of the number. */
	const happening = (drawn: Event, rest: number): Event => {
		if (drawn.kind === 'command-ends' && roll() < luck) return { ...drawn, outcome: 'succeeded' };
		const failed =
			drawn.kind === 'background-fails' ||
			(drawn.kind === 'command-ends' && drawn.outcome === 'failed');
		return failed ? { ...drawn, ...exitBy(rest) } : drawn;
	};

	return (seen) => {
		if (left-- <= 0) return null;
		let putOff: { readonly drawn: Event; readonly rest: number } | null = null;
		for (let tries = 0; tries < ATTEMPTS; tries++) {
			const kind = drawKind();
			if (kind === undefined) continue;
			const possible = candidates(setup, seen, kind, roll);
			const at = roll() * possible.length;
			const drawn = possible[Math.floor(at)];
			if (drawn === undefined) continue;
			if (drawn.kind === 'host-asks' && !workWaits(seen) && roll() < 0.9) continue;
			if (speed !== null && roll() >= speed(drawn)) {
				putOff = { drawn, rest: at % 1 };
				continue;
			}
			return happening(drawn, at % 1);
		}
		return putOff === null ? null : happening(putOff.drawn, putOff.rest);
	};
}
