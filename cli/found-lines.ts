import { printable } from '../model/vocabulary/printable.ts';
import type {
	ConfigurationEvidence,
	ViolationEvidence,
} from '../reports/evidence/check-evidence.ts';
import type { SeenFirst } from '../reports/evidence/seen-first.ts';
import type { TourFinding } from '../reports/evidence/tour-evidence.ts';
import { brokenPromises } from '../reports/judging/broken-promises.ts';
import { replayCommand } from '../reports/wording/commands.ts';
import {
	FOR_EVER,
	NO_TOKEN,
	NOTHING_MORE,
	sayChecked,
	sayFirstSeen,
	sayFound,
	sayLate,
} from '../reports/wording/fate.ts';

/** Something wrong, and the line that replays it. */
export const foundLines = (
	found: Parameters<typeof sayFound>[0] & {
		readonly token: string | null;
		readonly on?: string | undefined;
		readonly seen_first?: SeenFirst | undefined;
	},
	fate: readonly string[] = [],
): string[] => [
	'',
	printable(sayFound(found)),
	...fate,
	replayLine(found),
	...(found.seen_first === undefined
		? []
		: [printable(sayFirstSeen(found.seen_first)), replayLine(found.seen_first)]),
];

const replayLine = ({
	token,
	on,
}: {
	readonly token: string | null;
	readonly on?: string | undefined;
}) => (token === null ? NO_TOKEN : replayCommand(token, on));

/** Each broken promise once, with the configurations that break it and the line that replays its shortest story. */
export const violationLines = (checks: readonly ConfigurationEvidence[]): string[] => [
	...brokenPromises(checks).flatMap((violation) =>
		foundLines(
			{
				...violation,
				what: `${violation.guarantee} ${violation.name}`,
				where: sayChecked(violation.configurations),
			},
			fateLines(violation),
		),
	),
	...checks.flatMap(({ configuration, tour }) =>
		tour?.finding == null ? [] : tourFindingLines(configuration, tour.finding),
	),
];

/** The step that the reference does not take as the model does, with the line that replays its story. */
export const tourFindingLines = (configuration: string, finding: TourFinding): string[] =>
	foundLines({
		...finding,
		what: finding.guarantee ?? 'difference',
		where: `tour of ${configuration}`,
	});

/** When it was too late, and what goes on for ever. */
export function fateLines(
	story: Pick<ViolationEvidence, 'events' | 'unavoidable' | 'loop'>,
): string[] {
	const late = [sayLate(story) ?? []].flat();
	if (story.loop === null) return late;
	if (story.loop.length === 0) return [...late, NOTHING_MORE];
	return [...late, `${FOR_EVER}:`, ...story.loop.map((event) => `  ${printable(event)}`)];
}
