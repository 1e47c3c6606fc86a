import type { Guarantee, Moment } from '../../guarantees/guarantee.ts';
import { guarantees } from '../../guarantees/index.ts';
import { shapeOf } from '../../system/shape.ts';
import type { Answering } from '../../system/tables.ts';
import { tablesOf } from '../../system/tables-by-design.ts';
import type { Message } from '../../vocabulary/message.ts';
import type { InHand, Observation } from '../../vocabulary/observation.ts';
import { versionsOf } from '../../vocabulary/versions.ts';
import { BUDGETS, type Configuration } from '../configurations/configuration.ts';
import { FIRST } from '../engine/memory/place.ts';
import type { Demand, Exchange, Observer, Product, View } from '../engine/product/product.ts';
import { hostExchanges } from './host-exchanges.ts';
import { LazyObservations } from './lazy-observations.ts';
import { Looks } from './looks.ts';
import { PartsSeen } from './parts-seen.ts';
import { Rules } from './rules/index.ts';
import { type Happened, Sandbox, unitAt } from './sandbox/sandbox.ts';

/** What is looked at beside the guarantees: that nothing is left for ever. */
export const STUCK = 'deadlock';

/** A configuration as a product of machines that the checker can explore. */
export class RetryProduct implements Product<Happened> {
	readonly components: readonly string[];
	readonly initial: readonly number[];
	readonly budgets: Product<Happened>['budgets'];
	readonly capacity: number;
	readonly rules: Product<Happened>['rules'];
	readonly observers: readonly Observer<Happened>[];
	readonly demands: readonly Demand[];
	readonly exchanges: readonly Exchange<Happened>[];
	readonly #sandbox: Sandbox;
	readonly #observations: LazyObservations;
	readonly #looks: Looks;
	readonly #rules: Rules;

	constructor(
		{ setup, bounds }: Configuration,
		tables: Answering = tablesOf(setup),
		judges: readonly Guarantee[] = guarantees,
	) {
		const sandbox = new Sandbox(setup, tables);
		const parts = new PartsSeen(sandbox);
		const observations = new LazyObservations(sandbox, parts);
		this.#sandbox = sandbox;
		this.#observations = observations;
		this.#looks = new Looks(sandbox, parts);
		this.components = [
			'app server',
			'quota',
			...shapeOf(setup).units.map(
				({ members }) => `task ${members.map((task) => setup.tasks[task]?.id ?? '').join(', ')}`,
			),
			...setup.hosts.map((id) => `host ${id}`),
			...versionsOf(setup)
				.projects.slice(1)
				.map(({ id }) => `quota ${id}`),
		];
		this.initial = sandbox.initial;
		this.budgets = BUDGETS.map((name) => ({ name, amount: bounds[name] ?? 0 }));
		this.capacity = bounds.messages;
		this.#rules = new Rules(sandbox, bounds);
		this.rules = this.#rules.always();
		this.exchanges = hostExchanges(setup, sandbox.messages);
		const first = observations.state((component) => this.initial[component] ?? 0);
		const moment = lastMoment(observations);
		this.observers = judges.map((guarantee) => observer(guarantee, sandbox, first, moment));
		this.demands = [
			...judges.flatMap((guarantee) => demand(guarantee, observations, sandbox, first)),
			stuck(observations),
		];
	}

	get bytes(): number {
		return this.#sandbox.messages.bytes + this.#sandbox.local.bytes;
	}

	deliveries(message: number): Product<Happened>['rules'] {
		return this.#rules.deliveries(message);
	}

	look(component: number, state: number): number {
		return this.#looks.look(component, state);
	}

	/** What an observer would see in a state, given place by place; minutes count from a day before it. */
	show(places: ArrayLike<number>): Observation {
		return this.#observations.state((component) => places[component + FIRST] ?? 0);
	}

	/** Messages as they are seen. */
	flights(messages: readonly number[]): Message[] {
		const { messages: known } = this.#sandbox;
		return messages
			.filter((message) => known.handler(message) === null)
			.map((message) => known.flight(message).message);
	}

	/** Handlers that are held, as they are seen. */
	inHand(messages: readonly number[]): InHand[] {
		return this.#sandbox.messages.inHand(messages);
	}

	settle(component: number, state: number): number {
		const { setup, local } = this.#sandbox;
		return unitAt(setup, component) === null ? state : local.settleUnit(state);
	}
}

/** All judges of a step look at the same moment. */
function lastMoment(observations: LazyObservations): (happened: Happened, view: View) => Moment {
	let last: { view: View; moment: Moment } | null = null;
	return (happened, view) => {
		if (last?.view !== view) last = { view, moment: observations.moment(happened, view) };
		return last.moment;
	};
}

function observer(
	guarantee: Guarantee,
	{ setup }: Sandbox,
	first: Observation,
	moment: (happened: Happened, view: View) => Moment,
): Observer<Happened> {
	return {
		id: guarantee.id,
		memory: guarantee.begin(setup, first),
		step(memory, happened, view) {
			const ruling = guarantee.step(memory, moment(happened, view));
			const { minutes } = happened;
			if (minutes === 0 || guarantee.rebase === undefined) return ruling;
			return {
				exercised: ruling?.exercised ?? false,
				broken: ruling?.broken ?? null,
				memory: guarantee.rebase(ruling === null ? memory : ruling.memory, minutes),
			};
		},
		halves: guarantee.witness.map(({ at }) => ({
			isTested: (happened, view) => at === undefined || at(moment(happened, view)),
		})),
	};
}

function demand(
	{ id, owed, begin }: Guarantee,
	observations: LazyObservations,
	{ setup }: Sandbox,
	first: Observation,
): Demand[] {
	if (owed === undefined) return [];
	const memory = begin(setup, first);
	return [
		{
			id,
			owed: (look) =>
				owed(
					memory,
					setup,
					observations.passing((component) => look.state(component)),
				),
		},
	];
}

/** An agent that waits, a message, or a pending restart that is left for ever. */
const stuck = (observations: LazyObservations): Demand => ({
	id: STUCK,
	owed(look) {
		if (look.inFlight() > 0) return 'A message is in flight for ever.';
		const seen = observations.passing((component) => look.state(component));
		const waits = seen.hosts.find(({ doing }) => doing.kind !== 'idle');
		if (waits !== undefined)
			return `The agent on host "${waits.id}" never gets on with what it does.`;
		const left = seen.tasks.find(
			({ restart_pending, repair_pending, restart_asked }) =>
				restart_pending || repair_pending || restart_asked !== undefined,
		);
		return left === undefined ? null : `The restart of "${left.id}" is pending for ever.`;
	},
});
