import { Model } from '../../model/system/model.ts';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import type { System } from '../systems/system.ts';

/** What is shown instead of what is seen after the event, the `step`-th; null and 0 before any. */
export type Tamper = (seen: Observation, event: Event | null, step: number) => Observation;

/** The model, but somebody tampers with what it shows, or throws: a system to be found out. */
export function tampered(name: string, tamper: Tamper): System {
	const tables = createTables();
	return {
		name,
		start(setup) {
			const running = new Model(setup, tables);
			let step = 0;
			let seen = tamper(running.seen, null, step);
			return {
				get seen() {
					return seen;
				},
				apply(event) {
					seen = tamper(running.apply(event), event, ++step);
					return seen;
				},
				stop: () => {},
			};
		},
	};
}

/** Forgets what it archived: breaks S11 once a task is restarted. */
export const withoutHistory = (name: string): System =>
	tampered(name, (seen) => ({
		...seen,
		tasks: seen.tasks.map((task) => ({ ...task, history: [] })),
	}));

/** Shows an agent that waits for an answer for ever: no story comes to rest. */
export const neverAtRest = (name: string): System =>
	tampered(name, (seen) => ({
		...seen,
		messages: [],
		hosts: seen.hosts.map((host) => ({
			...host,
			doing: { kind: 'calling', route: 'next', sent: 1 },
		})),
	}));
