import { problemAt } from '../yaml/problem.ts';
import type { Rule } from './finding.ts';
import { eachOnce, FLAG, keyPlace, writtenSteps } from './flags.ts';

/** The flag among the parameters of a command, where no one reads it. */
export const flagUnderParams: Rule = ({ whole }) =>
	eachOnce(
		writtenSteps(whole).flatMap(({ item }) => {
			const params = item.mapping()?.get('params');
			const place = params === undefined ? undefined : keyPlace(params, FLAG);
			return place === undefined ? [] : [place];
		}),
	).map((place) => ({
		...problemAt(place, 'retry_on_failure under params does nothing', 'move it beside `command`'),
		rule: 'flag-under-params',
		severity: 'warning',
		related: [],
	}));
