import { systemRandomness } from '../../impl/http/system-ports.ts';
import { load } from '../../impl/server/loading.ts';
import type { Store } from '../../impl/store/store.ts';
import { Setup } from '../../model/vocabulary/setup.ts';

/** One host, and one task of a project of its own, for each agent. */
export async function populate(store: Store, agents: number): Promise<void> {
	for (let agent = 0; agent < agents; agent++) {
		const setup = Setup.parse({
			project: { id: `p${agent}`, tasks: [{ name: 'test', commands: [{ command: 'make' }] }] },
			tasks: [{ id: `t${agent}`, task: 'test', variant: 'linux' }],
			hosts: [`h${agent}`],
		});
		await load(store, setup, systemRandomness);
	}
}
