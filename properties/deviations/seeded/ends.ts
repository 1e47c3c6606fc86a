import { RULES } from '../../../impl/server/rules.ts';
import type { Fault } from '../../systems/fault.ts';

const yes = (): boolean => true;
const HOUR_MS = 3_600_000;

/** Ends, and what follows from them. */
export const ENDS: readonly Fault[] = [
	{
		id: 'a failure leaves the list',
		where: 'unit FINISHED',
		breaks: ['S7'],
		rules: { leavesList: (ended) => ended.restart_pending },
		toured: { by: 'users', breaks: 'S7', far: true },
		told: 'soon',
	},
	{
		id: 'an abort aborts the others of the merge queue',
		where: 'unit GIVE_UP',
		breaks: ['S21'],
		rules: {
			abortsOthers: (ended) =>
				ended.status === 'failed' && ended.requester === 'github_merge_request',
		},
		toured: { by: 'merge-version', breaks: 'S21' },
	},
	{
		id: 'an end keeps no details',
		where: 'task FINISH',
		breaks: ['S15'],
		rules: {
			end: (task, details, now_ms) => ({
				...RULES.end(task, details, now_ms),
				details: { ...details, type: null },
			}),
		},
		toured: { by: 'users', breaks: 'S15' },
	},
	{
		id: 'a secret is forgotten at once',
		where: 'task lately ended',
		breaks: ['S10'],
		rules: {
			authenticate: (shown, known) => {
				const said = RULES.authenticate(shown, known);
				return said.kind === 'archived' ? { kind: 'refused', status: 401, error: '' } : said;
			},
		},
		toured: { by: 'limits-late', breaks: 'S10' },
	},
	{
		id: 'an end loses the time-out',
		where: 'task FINISH',
		breaks: ['S15'],
		rules: {
			end: (task, details, now_ms) => RULES.end(task, { ...details, timed_out: null }, now_ms),
		},
		told: 'soon',
	},
	{
		id: 'an end loses how its command exited',
		where: 'task FINISH',
		breaks: ['S15'],
		rules: {
			end: (task, { exit: _, ...details }, now_ms) => RULES.end(task, details, now_ms),
		},
		toured: { by: 'exits', breaks: 'S15' },
		told: 'soon',
	},
	{
		id: 'an end loses its description',
		where: 'task FINISH',
		breaks: ['S15'],
		rules: {
			end: (task, details, now_ms) => RULES.end(task, { ...details, description: '' }, now_ms),
		},
		elsewhere: ['S2'],
		told: 'soon',
	},
	{
		id: 'an end is kept as of type test',
		where: 'task FINISH',
		breaks: ['S15'],
		rules: {
			end: (task, details, now_ms) =>
				RULES.end(task, { ...details, type: details.type && 'test' }, now_ms),
		},
		told: 'soon',
	},
	{
		id: 'an end is dated an hour back',
		where: 'task FINISH',
		breaks: ['S18'],
		rules: { end: (task, details, now_ms) => RULES.end(task, details, now_ms - HOUR_MS) },
		told: 'soon',
	},
	{
		id: 'an end forgets the mark',
		where: 'task FINISH',
		breaks: ['S2'],
		elsewhere: ['S11'],
		rules: {
			end: (task, details, now_ms) => ({ ...RULES.end(task, details, now_ms), mark: 'none' }),
		},
		told: 'soon',
	},
	{
		id: 'an end sets the task free for others',
		where: 'task FINISH',
		breaks: ['L5'],
		rules: {
			end: (task, details, now_ms) => ({ ...RULES.end(task, details, now_ms), host: null }),
		},
		told: 'soon',
	},
	{
		id: 'a success of the merge queue aborts the others',
		where: 'unit GIVE_UP',
		breaks: ['S21'],
		rules: { abortsOthers: (ended) => ended.requester === 'github_merge_request' },
		told: 'seldom',
	},
	{
		id: 'the end of any task aborts its version',
		where: 'unit GIVE_UP',
		breaks: ['S21'],
		rules: { abortsOthers: yes },
		elsewhere: ['S9'],
		told: 'soon',
	},
];
