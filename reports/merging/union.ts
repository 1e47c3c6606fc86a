import type { Evidence } from '../evidence/evidence.ts';
import { TOLD_ONCE } from '../judging/stories.ts';
import { plural } from '../wording/figures.ts';
import { sumOf } from './parts.ts';

/** What cannot be of the parts of one verification, whatever each says for itself: one line for each. */
export function problemsOfUnion(parts: readonly Evidence[]): string[] {
	const total = sumOf(parts, ({ checks }) => checks.length);
	return [
		...ofNobody(parts),
		...twice(
			'configuration',
			parts.flatMap(({ checks }) => checks.map((one) => one.configuration)),
		),
		...twice(
			'scenario',
			parts.flatMap(({ scenarios }) => scenarios.map((one) => one.file)),
		),
		...parts.flatMap(({ checks }, place) => {
			const due = Math.ceil((total - place) / parts.length);
			return checks.length === due
				? []
				: [
						`part ${place + 1} checked ${plural(checks.length, 'configuration')}, but of ${total} ${due} are its own`,
					];
		}),
		...storiesMissing(parts),
	];
}

/** Parts that say neither of which commit they are nor what project they tried may be of any. */
const ofNobody = ([first]: readonly Evidence[]): string[] =>
	first === undefined ||
	first.commit !== null ||
	first.project === null ||
	first.project.digest !== null
		? []
		: ['the parts say neither of which commit they are nor which project they tried'];

const twice = (what: string, names: readonly string[]): string[] =>
	[...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map(
		(name) => `the ${what} ${name} is in more than one part`,
	);

/** Where stories were asked for by their number, each random source told so many, unless something was found. */
function storiesMissing(parts: readonly Evidence[]): string[] {
	const asked = parts[0]?.stories_asked ?? null;
	if (asked === null || parts.some(({ interrupted }) => interrupted)) return [];
	return (parts[0]?.sources ?? []).flatMap(({ name }, place) => {
		const same = parts.flatMap(({ sources }) => sources[place] ?? []);
		const told = sumOf(same, ({ stories }) => stories);
		const isRandom = !TOLD_ONCE.includes(name);
		const isBroken = same.some(({ broken }) => broken > 0);
		return isRandom && !isBroken && told !== asked && told !== 0
			? [
					`${plural(asked, 'story')} of ${name} ${asked === 1 ? 'was' : 'were'} asked for, but all parts together told ${told}`,
				]
			: [];
	});
}
