import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemRandomness } from '../../impl/http/system-ports.ts';
import { newTask } from '../../impl/server/loading.ts';
import { MemoryTables, MemoryTransaction } from '../../impl/store/memory-transaction.ts';

const VERSION = { id: 'v1', project: 'p1', requester: 'gitter_request', created_at_ms: 0 } as const;

/** Bytes of heap for 100 000 tasks that failed, were restarted and failed again. */
export function memoryOf100_000Tasks(): number {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	const used = (): number => {
		if (typeof collect === 'function') collect();
		return process.memoryUsage().heapUsed;
	};
	const tables = new MemoryTables();
	const tx = new MemoryTransaction(tables);
	const before = used();
	for (let index = 0; index < 100_000; index++) {
		const id = `v1_linux_test_${index}`;
		const secret = systemRandomness.secret();
		const details = {
			status: 'failed',
			type: 'test',
			description: '',
			timed_out: null,
		} as const;
		tx.archive({
			task: id,
			execution: 0,
			secret: systemRandomness.secret(),
			started_by: { by: 'schedule' },
			host: 'h1',
			aborted: false,
			mark: 'granted',
			dispatched_at_ms: index,
			ended_at_ms: index + 1,
			details,
			remarks: null,
		});
		tx.saveTask({
			...newTask({ id, task: 'test', variant: 'linux' }, VERSION, secret),
			status: 'failed',
			execution: 1,
			started_by: { by: 'mark', task: id, execution: 0 },
			host: 'h1',
			automatic_restarts: 1,
			dispatched_at_ms: index + 2,
			ended_at_ms: index + 3,
			details: { ...details },
		});
	}
	tables.commit();
	const bytes = used() - before;
	if (tx.queueLength() !== 0) throw new Error('the tasks were let go of');
	return bytes;
}
