import { UNJUDGED } from '../../model/vocabulary/ending.ts';
import { sayEnding, sayUnrested } from '../wording/ending.ts';
import { listed, plural } from '../wording/figures.ts';
import type { ReviewInput } from './input.ts';

/** What no part of the evidence speaks of, by design. */
const NEVER = [
	'What commands do is not looked at: a command succeeds, fails, panics or runs out of time as the story says.',
	'Time moves by minutes, in the checker by hours: what takes seconds is taken as given.',
	'The checker proves things of the model; that the reference behaves like it is tried by stories, not proved.',
	'The deployed system is not run. It is compared with the guarantees only through what is written about it.',
] as const;

/** What would be wrong to read into the page. */
export function notCovered({ evidence }: ReviewInput): string[] {
	if (evidence === null) return [...NEVER];
	const { guarantees, checks, machines, unrested, project } = evidence;
	const unknown = guarantees.filter(({ verdict }) => verdict === 'unknown');
	const missing = machines.reduce((sum, machine) => sum + machine.missing.length, 0);
	const cut = checks.filter((check) => check.cut > 0);
	const unjudged = [...new Set(checks.flatMap((check) => check.unjudged))];
	const unfinished = checks.filter(({ ending }) => ending !== 'complete');
	return [
		...(unknown.length === 0
			? []
			: [`${listed(unknown.map(({ id }) => id))}: unknown, which is not the same as kept.`]),
		...unfinished.map(
			({ configuration, ending }) =>
				`Configuration ${configuration} was not gone through to its end: ${sayEnding(ending)}.`,
		),
		...(unjudged.length === 0
			? []
			: [
					`${listed(unjudged)}: not judged by the checker in ${listed(
						checks.filter((check) => check.unjudged.length > 0).map((one) => one.configuration),
					)}; ${UNJUDGED}.`,
				]),
		...(cut.length === 0
			? []
			: [
					`${plural(
						cut.reduce((sum, check) => sum + check.cut, 0),
						'step',
					)} of ${listed(cut.map(({ configuration }) => configuration))} would have put more messages in flight than the bound, and ${cut.length === 1 && cut[0]?.cut === 1 ? 'was' : 'were'} not taken.`,
				]),
		...(missing === 0
			? []
			: [
					`${plural(missing, 'transition')} of the machines ${missing === 1 ? 'was' : 'were'} never taken.`,
				]),
		...(unrested === 0
			? []
			: [`${sayUnrested(unrested)} within the bound; liveness was not judged there.`]),
		...(project === null ? ['No project file was put on trial.'] : []),
		...NEVER,
	];
}
