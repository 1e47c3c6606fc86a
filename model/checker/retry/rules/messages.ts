import { givenTo } from '../../../machines/app-server.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import { selectorOf } from '../../../vocabulary/message.ts';
import { hostPlace, SERVER } from '../sandbox/sandbox.ts';
import { type Acting, labelled, type RetryOutcome, type RetryRule } from './acting.ts';
import { costWithin } from './explored.ts';
import { dropping, goingOn, holding } from './held.ts';

/** What can happen because a message is in flight. */
export function deliveries(acting: Acting, message: number): RetryRule[] {
	const { messages, setup } = acting.sandbox;
	const handler = messages.handler(message);
	if (handler !== null) return [goingOn(acting, handler)];
	const flight = messages.flight(message);
	const rules: RetryRule[] =
		flight.message.leg === 'reply'
			? [delivery(acting, message, [hostPlace(setup, flight.host)], () => true)]
			: requests(acting, message);
	const faults = faultsOf(acting, message);
	if (faults.length > 0) rules.push({ reads: [], ask: () => faults });
	if (flight.message.leg === 'request') rules.push(...holding(acting, flight));
	return rules;
}

function faultsOf({ sandbox, bounds }: Acting, message: number): RetryOutcome[] {
	const { messages } = sandbox;
	const flight = messages.flight(message);
	const selector = selectorOf(flight.message);
	const loss = costWithin('message-lost', bounds);
	const repeat = costWithin('message-repeated', bounds);
	const faults: RetryOutcome[] = [];
	if (loss !== null)
		faults.push({
			...labelled({ kind: 'message-lost', message: selector }, [flight.message], []),
			network: [{ take: message }],
			...loss,
		});
	if (repeat !== null) {
		const copy = messages.copy(message);
		const come = messages.flight(copy).message;
		faults.push({
			...labelled(
				{ kind: 'message-repeated', message: selector },
				[flight.message],
				[flight.message, come],
			),
			network: [{ add: copy }],
			...repeat,
		});
	}
	return faults;
}

/** A request is handled by the machines of the task that it is about; `next`, by those of the task that is given. */
function requests(acting: Acting, message: number): RetryRule[] {
	const { messages, setup, tables } = acting.sandbox;
	const { call, host } = messages.flight(message);
	if (call.route !== 'next') {
		const small = call.route === 'start' || call.route === 'heartbeat';
		const reads = small ? acting.ownReads(call.task) : acting.readsOf(call.task);
		return [delivery(acting, message, reads, () => true)];
	}
	const given = (state: number): number | null =>
		givenTo(tables['app-server'].context(state), host);
	return [
		delivery(acting, message, [SERVER], ([state = 0]) => given(state) === null),
		...[...setup.tasks.keys()].map((task) =>
			delivery(acting, message, acting.ownReads(task), ([, , state = 0]) => given(state) === task),
		),
	];
}

/** A message arrives; a request may find the server crash before or after it commits. */
function delivery(
	acting: Acting,
	message: number,
	reads: readonly number[],
	concerns: (states: readonly number[]) => boolean,
): RetryRule {
	const { sandbox, bounds } = acting;
	const flight = sandbox.messages.flight(message);
	const selector = selectorOf(flight.message);
	const events: Event[] = [{ kind: 'message-delivered', message: selector }];
	const needsServer = flight.message.leg === 'request';
	const crash = costWithin('server-crashes', bounds);
	if (needsServer && crash !== null)
		events.push(
			{ kind: 'server-crashes', message: selector, commit: 'before' },
			{ kind: 'server-crashes', message: selector, commit: 'after' },
		);
	return {
		reads,
		ask: (states) => {
			if (needsServer && !acting.isUp(states[reads.indexOf(SERVER)])) return [];
			if (!concerns(states)) return [];
			return events.map((event) => {
				const { happened, writes, network } = sandbox.happen(event, reads, states, flight);
				return {
					label: happened,
					writes,
					network: event.kind === 'server-crashes' ? [...network, ...dropping(acting)] : network,
					...(event.kind === 'server-crashes' ? crash : null),
				};
			});
		},
	};
}
