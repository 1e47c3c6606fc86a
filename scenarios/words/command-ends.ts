import { z } from 'zod';
import { type CommandOutcome, Exit, OUTCOMES } from '../../model/vocabulary/command.ts';
import { EXCHANGES, hostIn, type Subject, subjectOf, type Word } from './word.ts';

/** Words for the end of the command that runs, with all exchanges that follow from it. */

const running: Pick<Word, 'when' | 'of' | 'subjects' | 'shownAfter'> = {
	shownAfter: ['begins'],
	when: 'a command runs, and its block allows the outcome',
	of: 'task',
	subjects: ({ hosts }) => hosts.filter(({ doing }) => doing.kind === 'running').map(subjectOf),
};

const ends = (word: string, means: string, outcome: CommandOutcome): Word => ({
	...running,
	word,
	means,
	events: ({ host }: Subject) => [{ kind: 'command-ends', host, outcome }, EXCHANGES],
});

const exited = (exit: Exit | undefined): { exit?: Exit } => (exit === undefined ? {} : { exit });

const FOLLOWS = 'the agent does what follows, up to its next command or until it is idle';

export const succeeds = ends(
	'succeeds',
	`The command that runs succeeds; ${FOLLOWS}.`,
	'succeeded',
);
export const fails: Word = {
	...running,
	word: 'fails',
	means: `The command that runs fails, with the exit code or signal of \`exit\`, if given; ${FOLLOWS}.`,
	keys: { exit: Exit.optional() },
	events: ({ host }, _, { exit }) => [
		{ kind: 'command-ends', host, outcome: 'failed', ...exited(Exit.optional().parse(exit)) },
		EXCHANGES,
	],
};
export const panics = ends('panics', `The command that runs panics; ${FOLLOWS}.`, 'panicked');

const LIMITS = ['exec', 'idle', 'block'] as const;

export const timesOut: Word = {
	...running,
	word: 'times-out',
	means: `The command that runs hits its time limit (exec, unless limit says idle or block); ${FOLLOWS}.`,
	keys: { limit: z.enum(LIMITS).optional() },
	events({ host }, seen, { limit }) {
		const doing = hostIn(seen, host)?.doing;
		const allowed = doing?.kind === 'running' ? OUTCOMES[doing.position.block] : [];
		const limits = LIMITS.filter((one) => limit === undefined || limit === one);
		const outcomes = limits.map((one) => `timed-out-${one}` as const);
		const outcome = outcomes.find((one) => allowed.includes(one)) ?? outcomes[0];
		return outcome === undefined ? [] : [{ kind: 'command-ends', host, outcome }, EXCHANGES];
	},
};

/** Of one command each. */
export const ENDINGS: readonly Word[] = [succeeds, fails, timesOut, panics];

export const finishes: Word = {
	...running,
	word: 'finishes',
	when: 'a command of the task runs',
	means: 'Every command that the execution has left succeeds, and it ends.',
	subjects: (seen, setup) => running.subjects(seen, setup).filter(({ task }) => task !== null),
	events: ({ host }) => [
		{
			kind: 'to the end',
			parts: [{ kind: 'command-ends', host, outcome: 'succeeded' }, EXCHANGES],
		},
	],
};
