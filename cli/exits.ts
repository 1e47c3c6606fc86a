import { EXIT, INTERRUPTED } from './exit.ts';

/** What an exit status means, by status. */
type Exits = Readonly<Record<number, string>>;

/** Of every command, whatever it does. */
export const EVERYWHERE: Exits = {
	[EXIT['bad input']]: 'bad input',
	[EXIT.bug]: 'a bug in mulligan',
};

const VERDICTS: Exits = {
	[EXIT.holds]: 'holds',
	[EXIT.violated]: 'violated',
	[EXIT.unknown]: 'unknown',
};

/** Of what can be done in parts: one of them decides nothing, and fails only where it found something. */
const OF_PARTS: Exits = { ...VERDICTS, [EXIT.holds]: 'holds, or a part that found nothing' };

const REFUSED = 'bad input or a server that refuses';

/** What each command means by its exit status; `docs/exit-codes.md` says more. */
export const EXITS: Readonly<Record<string, Exits>> = {
	verify: OF_PARTS,
	check: OF_PARTS,
	tour: OF_PARTS,
	designs: {
		0: 'every claim is confirmed, or a part that refuted none',
		1: 'one is refuted',
		3: 'one is not shown',
	},
	simulate: { 0: 'simulated', 3: 'unknown' },
	lint: { 0: 'no error, and no more warnings than are allowed', 1: 'more' },
	explain: { 0: 'explained' },
	deviations: { 0: 'each is shown', 1: 'one is not', 3: 'interrupted' },
	fuzz: { 0: 'nothing was found', 1: 'something was found', 3: 'interrupted before' },
	merge: VERDICTS,
	export: { 0: 'exported', 2: 'bad input or too little memory' },
	new: { 0: 'written' },
	replay: VERDICTS,
	review: { 0: 'written whatever the verdict' },
	explore: { 0: 'written' },
	run: { 0: 'the task succeeded', 1: 'it failed', [INTERRUPTED]: 'interrupted' },
	serve: { 0: 'ended as asked', 2: 'bad input or a place that cannot be used' },
	submit: { 0: 'scheduled', 2: REFUSED },
	host: { 0: 'registered', 2: REFUSED },
	agent: { 0: 'the app server sent it away', 1: 'it refused it', 2: 'bad input or a signal' },
};

/** The exit statuses of a command with their meanings, in order. */
export const exitsOf = (command: string): (readonly [status: number, meaning: string])[] =>
	Object.entries({ ...EVERYWHERE, ...EXITS[command] }).map(([status, meaning]) => [
		Number(status),
		meaning,
	]);
