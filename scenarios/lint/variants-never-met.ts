import { plural } from '../../model/vocabulary/plural.ts';
import { problemAt } from '../yaml/problem.ts';
import type { Rule } from './finding.ts';
import { countCommands, eachOnce, grouped, keyOf, keyPlace } from './flags.ts';

/** Entries with flags whose `variants` have none of those on which their tasks run (C3): one finding a list of variants. */
export const variantsNeverMet: Rule = ({ extent, uses }) => {
	if (extent !== 'whole') return [];
	const limited = uses.flatMap((use) => {
		const place = keyPlace(use.entry.item, 'variants');
		return use.entry.step.variants === undefined || place === undefined || !use.spot.canFail
			? []
			: [{ use, place }];
	});
	return [...grouped(limited, ({ place }) => keyOf(place)).values()].flatMap((those) => {
		const [first] = those;
		const ran = those.some(({ use }) => use.ran.length > 0);
		const met = those.some(({ use }) => use.met.length > 0);
		if (first === undefined || !ran || met) return [];
		const names = (first.use.entry.step.variants ?? []).map((name) => `"${name}"`);
		const related = eachOnce(those.map(({ use }) => use.flag));
		return [
			{
				...problemAt(
					first.place,
					`retry_on_failure does nothing on ${plural(countCommands(those.map(({ use }) => use)), 'command')} here: no task that gets to it runs on ${names.join(' or ') || 'a variant'}`,
					'name variants on which the task runs, by name: tags do not count here',
				),
				rule: 'variants-never-met',
				severity: 'warning',
				related,
			},
		];
	});
};
