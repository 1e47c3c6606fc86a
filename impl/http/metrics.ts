import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JournalEntry } from '../ports/journal.ts';
import type { Store } from '../store/store.ts';

/** What is counted and measured, for Prometheus; in a registry of its own. */
export class Metrics {
	readonly registry = new Registry();
	readonly #marks = new Counter({
		name: 'mulligan_marks_total',
		help: 'Marks by what was answered: granted, already granted, ignored, or refused and why.',
		labelNames: ['outcome'] as const,
		registers: [this.registry],
	});
	readonly #restarts = new Counter({
		name: 'mulligan_restarts_total',
		help: 'Executions begun because of a granted mark or a user.',
		labelNames: ['by'] as const,
		registers: [this.registry],
	});
	readonly #ends = new Counter({
		name: 'mulligan_executions_ended_total',
		help: 'Executions ended, by status and by who ended them.',
		labelNames: ['status', 'by', 'aborted'] as const,
		registers: [this.registry],
	});
	readonly #requests = new Histogram({
		name: 'mulligan_request_duration_seconds',
		help: 'How long requests took, by route and status.',
		labelNames: ['route', 'status'] as const,
		buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
		registers: [this.registry],
	});

	/** By route and status: to look one up is what costs. */
	readonly #series = new Map<string, Map<number, { observe(seconds: number): void }>>();

	constructor(store: Store) {
		new Gauge({
			name: 'mulligan_queue_length',
			help: 'Undispatched tasks.',
			registers: [this.registry],
			async collect() {
				this.set(await store.transaction((tx) => tx.queueLength()));
			},
		});
	}

	journal(entry: JournalEntry): void {
		switch (entry.kind) {
			case 'marked':
				return this.#marks.inc({ outcome: entry.outcome ?? 'none' });
			case 'restarted':
				return this.#restarts.inc({ by: entry.by });
			case 'ended': {
				const { status, by, aborted } = entry;
				return this.#ends.inc({ status, by, aborted: String(aborted) });
			}
		}
	}

	answered(route: string, status: number, seconds: number): void {
		let ofRoute = this.#series.get(route);
		if (ofRoute === undefined) {
			ofRoute = new Map();
			this.#series.set(route, ofRoute);
		}
		let series = ofRoute.get(status);
		if (series === undefined) {
			series = this.#requests.labels(route, String(status));
			ofRoute.set(status, series);
		}
		series.observe(seconds);
	}
}
