import { RULES } from '../../impl/server/rules.ts';
import { type Fault, server } from './fault.ts';

/** An app server that is wrong in one decision about a task: one or more for each transition that a decision makes. */
export const TASK_FAULTS: readonly Fault[] = [
	{
		what: 'an abort is forgotten',
		transition: 'task ABORT',
		reference: server({ abort: (task) => task }),
		foundBy: 'users',
		breaks: 'S3',
	},
	{
		what: 'the merge queue is nothing special',
		transition: 'task DECIDE merge queue',
		reference: server({ isMergeQueue: () => false }),
		foundBy: 'merge-queue',
		breaks: null,
	},
	{
		what: 'the end of an aborted execution is what its agent says',
		transition: 'task FINISH aborted',
		reference: server({
			end: (task, details, now_ms) => ({
				...task,
				status: details.status,
				details,
				ended_at_ms: now_ms,
			}),
		}),
		foundBy: 'users',
		breaks: 'S15',
	},
	{
		what: 'an end keeps no details',
		transition: 'task FINISH',
		reference: server({
			end: (task, details, now_ms) => ({
				...RULES.end(task, details, now_ms),
				details: { ...details, type: null },
			}),
		}),
		foundBy: 'users',
		breaks: 'S15',
	},
	{
		what: 'the monitor leaves who is not heard',
		transition: 'task MONITOR silent',
		reference: server({ isStale: () => false }),
		foundBy: 'stale',
		breaks: 'L2',
	},
	{
		what: 'the monitor ends who was heard',
		transition: 'task MONITOR silent',
		reference: server({ isStale: (task) => task.last_heartbeat_ms !== null }),
		foundBy: 'users',
		breaks: 'S20',
	},
	{
		what: 'a restarted task keeps its mark',
		transition: 'task RENEW',
		reference: server({
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), mark: ended.mark }),
		}),
		foundBy: 'users',
		breaks: 'S7',
		isFar: true,
	},
	{
		what: 'a restarted task is still aborted',
		transition: 'task RENEW',
		reference: server({
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), aborted: ended.aborted }),
		}),
		foundBy: 'users',
		breaks: 'S12',
	},
	{
		what: 'a restarted task is still pending',
		transition: 'task RENEW',
		reference: server({
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				restart_pending: ended.restart_pending,
			}),
		}),
		foundBy: 'users',
		breaks: 'S12',
		isFar: true,
	},
	{
		what: 'a restarted task keeps its secret',
		transition: 'task RENEW',
		reference: server({
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), secret: ended.secret }),
		}),
		foundBy: 'users',
		breaks: 'S12',
	},
	{
		what: 'a restart by a user gives the budget anew',
		transition: 'task RENEW',
		reference: server({
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				automatic_restarts: by.by === 'user' ? 0 : ended.automatic_restarts,
			}),
		}),
		foundBy: 'users',
		breaks: 'S1',
		isFar: true,
	},
	{
		what: 'it is not known who restarted',
		transition: 'task RENEW',
		reference: server({
			reset: (ended, _, secret) => RULES.reset(ended, { by: 'system' }, secret),
		}),
		foundBy: 'users',
		breaks: 'S17',
	},
	{
		what: 'whoever has no secret may mark',
		transition: 'task FORGED',
		reference: server({
			authenticate: (shown, known) =>
				shown.route === 'mark' && shown.taskSecret === ''
					? { kind: 'live' }
					: RULES.authenticate(shown, known),
		}),
		foundBy: 'attackers',
		breaks: null,
	},
	{
		what: 'an earlier secret is as good as the live one',
		transition: 'task START of an earlier one',
		reference: server({
			authenticate: (shown, known) => {
				const said = RULES.authenticate(shown, known);
				return said.kind === 'archived' ? { kind: 'live' } : said;
			},
		}),
		foundBy: 'limits-late',
		breaks: 'S9',
		isFar: true,
	},
	{
		what: 'a secret is forgotten at once',
		transition: 'task lately ended',
		reference: server({
			authenticate: (shown, known) => {
				const said = RULES.authenticate(shown, known);
				return said.kind === 'archived' ? { kind: 'refused', status: 401, error: '' } : said;
			},
		}),
		foundBy: 'limits-late',
		breaks: 'S10',
	},
];
