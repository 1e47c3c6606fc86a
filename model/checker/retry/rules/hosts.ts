import { hostSeen } from '../../../system/model-observer.ts';
import { hostPlace } from '../sandbox/sandbox.ts';
import { type Acting, NOTHING, type RetryRule } from './acting.ts';
import { explored } from './explored.ts';

/** What an agent and its commands can do by themselves. */
export function ofHost(acting: Acting, host: number): RetryRule {
	const { setup, tables, local } = acting.sandbox;
	const reads = [hostPlace(setup, host)];
	return {
		reads,
		ask: ([state = 0]) => {
			const seen = hostSeen(setup, tables, host, local.host(state), null);
			return explored(['agent'], { ...NOTHING, hosts: [seen] }, setup, acting.bounds).map(
				({ event, cost }) => acting.outcome(event, reads, [state], cost),
			);
		},
	};
}
