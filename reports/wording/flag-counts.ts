import type { FlagCounts } from '../evidence/flag-evidence.ts';
import { plural } from './figures.ts';

/** `41 flagged commands: 24 work, 17 work but are idle in 3 groups`; the same wherever flags are counted. */
export function sayFlagCounts(counts: FlagCounts): string {
	const { flags, work, partly, idle, uncalled, idle_groups, idle_blocks } = counts;
	if (flags === 0) return 'no flagged command';
	const where = [
		...(idle_groups > 0 ? [plural(idle_groups, 'group')] : []),
		...(idle_blocks > 0 ? [plural(idle_blocks, 'block')] : []),
	].join(' and ');
	// Of both together it is not known which are idle where.
	const apart = partly > 0 && idle > 0 && where !== '';
	const is = (many: number) => (many === 1 ? 'is' : 'are');
	const parts = [
		...(work > 0 ? [`${work} ${work === 1 ? 'works' : 'work'}`] : []),
		...(partly > 0
			? [
					`${partly} ${partly === 1 ? 'works' : 'work'} but ${apart ? 'not everywhere' : `${is(partly)} idle in ${where || 'some places'}`}`,
				]
			: []),
		...(idle > 0 ? [`${idle} ${is(idle)} idle${where === '' || apart ? '' : ` in ${where}`}`] : []),
		...(uncalled > 0 ? [`${uncalled} ${is(uncalled)} run by nothing in these files`] : []),
	];
	return `${plural(flags, 'flagged command')}: ${parts.join(', ')}${apart ? `; idle in ${where}` : ''}`;
}

/** A share of 100 tasks, with as many digits as tell it from nothing. */
export const sayShare = (share: number): string =>
	share === 0 || share >= 0.01 ? share.toFixed(2) : share.toPrecision(1);
