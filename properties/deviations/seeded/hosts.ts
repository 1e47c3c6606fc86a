import { RULES } from '../../../impl/server/rules.ts';
import type { TaskRecord, Transaction } from '../../../impl/store/store.ts';
import type { Fault } from '../../systems/fault.ts';

/** The last task of the group of a task that ran somewhere. */
async function lastRun(tx: Transaction, { place }: TaskRecord): Promise<TaskRecord | undefined> {
	const members = await tx.tasks(place?.group?.members ?? []);
	return members.findLast(({ ended_at_ms }) => ended_at_ms !== null);
}

/** A host is taken away, and somebody goes on as if it were there. */
export const HOSTS: readonly Fault[] = [
	{
		id: 'a host that is gone is still given work',
		where: 'app server NEXT is not there',
		breaks: ['S8'],
		told: 'soon',
		rules: { isGone: (host, route) => route !== 'next' && RULES.isGone(host, route) },
		toured: { by: 'hosts', breaks: 'S8' },
	},
	{
		id: 'a heartbeat of a host that is gone keeps its execution alive',
		where: 'task FORGED',
		breaks: ['S8', 'L2'],
		told: 'seldom',
		rules: { isGone: (host, route) => route !== 'heartbeat' && RULES.isGone(host, route) },
	},
	{
		id: 'a mark of a host that is gone is granted',
		where: 'task FORGED',
		breaks: ['S8'],
		told: 'seldom',
		rules: { isGone: (host, route) => route !== 'mark' && RULES.isGone(host, route) },
		toured: { by: 'hosts', breaks: 'S8' },
	},
	{
		id: 'an end of a host that is gone is taken for true',
		where: 'task FORGED',
		breaks: ['S8', 'S18'],
		elsewhere: ['S5'],
		told: 'seldom',
		rules: { isGone: (host, route) => route !== 'end' && RULES.isGone(host, route) },
		toured: { by: 'hosts', breaks: 'S5' },
	},
	{
		id: 'a group waits for its host though that is gone',
		where: 'app server GOES',
		breaks: ['L5'],
		rules: {
			firstReady: async (tx, host, now_ms) => {
				const ready = await tx.firstReady(host, now_ms);
				const last = ready && (await lastRun(tx, ready));
				if (last?.host == null || last.host === host) return ready;
				return (await tx.host(last.host))?.gone === true ? undefined : ready;
			},
		},
		toured: { by: 'group-moves', breaks: 'L5' },
	},
	{
		id: 'a host that is gone is down for nothing',
		where: 'app server GOES',
		breaks: [],
		rules: { takenAway: (host) => ({ ...host, gone: true, running: null }) },
		told: 'difference',
	},
	{
		id: 'a host that is taken away stays',
		where: 'app server GOES',
		breaks: [],
		rules: { takenAway: (host) => host },
		told: 'difference',
	},
];
