import { RULES } from '../../../impl/server/rules.ts';
import { hasEnded } from '../../../impl/store/task-state.ts';
import type { Fault } from '../../systems/fault.ts';

/** What users ask to be restarted when it is finished (C5). */
export const REQUESTS: readonly Fault[] = [
	{
		id: 'nobody keeps what a user asked after a crash',
		where: 'unit MONITOR due',
		breaks: ['C5'],
		rules: { resumes: (first) => first.restart_asked === null },
		told: 'seldom',
	},
	{
		id: 'what a user asked is done before every member ended',
		where: 'unit CONSIDER due',
		breaks: ['C5', 'S5'],
		rules: {
			isSettled: (members) =>
				members.some(({ task }) => task.restart_asked !== null) || RULES.isSettled(members),
		},
		elsewhere: ['S17', 'S11', 'S3'],
		told: 'soon',
	},
	{
		id: 'what a user asked is done again',
		where: 'unit RESTART due, for a user',
		breaks: ['C5'],
		rules: { answered: (first) => first },
		elsewhere: ['S22', 'S17'],
		told: 'soon',
	},
	{
		id: 'an abort of the whole does not take back what was asked',
		where: 'unit CANCEL',
		breaks: ['C5'],
		rules: { cancels: () => false },
		elsewhere: ['S21'],
		told: 'seldom',
	},
	{
		id: 'any abort takes back what was asked',
		where: 'unit CANCEL',
		breaks: ['C5'],
		rules: { cancels: () => true },
		elsewhere: ['S10', 'S21'],
		told: 'seldom',
	},
	{
		id: 'what never ran is restarted when finished',
		where: 'unit ASK nothing ran',
		breaks: ['C5'],
		rules: { hasRun: () => true },
		elsewhere: ['S22'],
		told: 'soon',
	},
	{
		id: 'what runs is not restarted when finished',
		where: 'unit ASK',
		breaks: ['C5'],
		rules: { hasRun: (members) => members.some(hasEnded) },
		elsewhere: ['S3'],
		told: 'soon',
	},
	{
		id: 'nothing waits for a restart that is asked with an abort',
		where: 'unit ASK',
		breaks: ['C5'],
		rules: { awaitsRestart: () => false },
		elsewhere: ['S5'],
		told: 'seldom',
	},
	{
		id: 'what failed is restarted, where all is asked for',
		where: 'unit ASK',
		breaks: ['C5'],
		rules: { asked: () => 'failed' },
		elsewhere: ['C4'],
		told: 'soon',
	},
	{
		id: 'all is restarted, where what failed is asked for',
		where: 'unit ASK',
		breaks: ['C5'],
		rules: { asked: () => 'whole' },
		elsewhere: ['C4'],
		told: 'seldom',
	},
	{
		id: 'a restart of a version comes to no unit that begins to run on its way',
		where: 'unit USER_ASKS',
		breaks: ['C5'],
		rules: { comesTo: (members, what) => what !== 'restart' || RULES.hasRun(members) },
		told: 'seldom',
	},
	{
		id: 'an abort of a version comes to no unit that begins to run on its way',
		where: 'unit USER_ABORTS',
		breaks: ['S21'],
		rules: { comesTo: (members, what) => what !== 'abort' || RULES.hasRun(members) },
		// None of 3,000 random stories: those that aim at versions find it (version-holds.test.ts).
	},
];
