// The entry file of an agent in a live trial: the one of `mulligan agent` with timers that are steered.
import { AgentOrder } from './agent-orders.ts';
import { obeyParent } from './channel.ts';
import { LiveAgent } from './live-agent.ts';

let agent: LiveAgent | null = null;

const current = (): LiveAgent => {
	if (agent === null) throw new Error('no agent has begun');
	return agent;
};

obeyParent(
	AgentOrder,
	async (order) => {
		switch (order.kind) {
			case 'begin':
				await agent?.leave();
				agent = await LiveAgent.start(order.engagement);
				return;
			case 'leave':
				await agent?.leave();
				agent = null;
				return;
			case 'fire':
				return current().fire(order.timer);
			case 'pass':
				return current().pass(order.minutes, order.cutOff);
			case 'time-out':
				return current().timeOut(order.outcome);
			case 'look':
				return current().look();
		}
	},
	() => agent?.killNow(),
);
