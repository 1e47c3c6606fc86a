import { join } from 'node:path';
import { SITUATIONS } from '../model/guarantees/situations.ts';
import type { FuzzEvidence, FuzzFind } from '../reports/evidence/fuzz-evidence.ts';
import { replayAgainCommand } from '../reports/wording/commands.ts';
import { grouped, plural } from '../reports/wording/figures.ts';
import { FUZZ } from '../reports/write.ts';
import { firstLine, lastLine } from './ending-lines.ts';
import { foundLines } from './found-lines.ts';

/** What was tried and found until now, in one line. */
export function sayTried({
	stories,
	events,
	finds,
	situations,
	transitions,
}: FuzzEvidence): string {
	const reached = Object.keys(situations).length;
	return [
		plural(stories, 'story'),
		plural(events, 'event'),
		plural(finds.length, 'find'),
		`${reached} of ${SITUATIONS.length} situations`,
		...(transitions === null
			? []
			: [`${transitions.taken.length} of ${transitions.of} transitions`]),
	].join(', ');
}

interface Around {
	readonly verdict: string;
	readonly folder: string;
	/** The command that goes on. */
	readonly again: string;
}

/** A campaign, as it is printed: what was found, what was tried, and what was never reached. */
export function fuzzLines(evidence: FuzzEvidence, { verdict, folder, again }: Around): string[] {
	const { system, seed, finds, stories, seconds, unrested } = evidence;
	const missed = SITUATIONS.filter(({ name }) => evidence.situations[name] === undefined);
	return [
		firstLine(verdict, sayFinds(finds, stories), [system ?? 'model and reference', `seed ${seed}`]),
		'',
		`tried     ${sayTried(evidence)}`,
		`took      ${seconds.toFixed(1)} s in all${seconds > 0 ? `, ${grouped(Math.round(stories / seconds))} stories a second` : ''}`,
		...(unrested === 0 ? [] : [`unrested  ${plural(unrested, 'story')} did not come to rest`]),
		...(missed.length === 0 ? [] : [`never     ${missed.map(({ name }) => name).join(', ')}`]),
		...finds.flatMap((find) => findLines(find, evidence, folder)),
		'',
		`report    ${join(folder, FUZZ[0])}`,
		'',
		lastLine({ verdict, reason: null }, again),
	];
}

const sayFinds = (finds: readonly FuzzFind[], stories: number): string => {
	if (finds.length === 0)
		return stories === 0
			? 'no story was told'
			: `in ${plural(stories, 'random story')}, which is no proof`;
	const promises = new Set(finds.flatMap(({ guarantee }) => guarantee ?? []));
	return `${plural(finds.length, 'different failure')}, of ${plural(promises.size, 'promise')}`;
};

function findLines(find: FuzzFind, { system }: FuzzEvidence, folder: string): string[] {
	const { guarantee, kind, shape, scenario, place } = find;
	const on = system ?? undefined;
	const takes = `it takes: ${shape.replace(/^[^:]*: /, '')}`;
	return [
		...foundLines({ ...find, what: guarantee ?? kind, where: `story ${place}`, on }, [takes]),
		...(scenario === null ? [] : [replayAgainCommand([join(folder, scenario)], system, null)]),
	];
}
