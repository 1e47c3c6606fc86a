import { printable } from '../model/vocabulary/printable.ts';
import { type Case, junitOf } from '../reports/junit.ts';
import { replayFileCommand } from '../reports/wording/commands.ts';
import { pathInRepository } from '../scenarios/yaml/inside.ts';
import { describe, type Place } from '../scenarios/yaml/problem.ts';
import type { Note } from './github.ts';
import { sayFound } from './replay-lines.ts';
import type { Played } from './replay-play.ts';

/** A story, and the file or token that it was played from. */
export interface PlayedItem {
	readonly given: string;
	readonly played: Played;
}

/** Something that was given and could not be played, and why. */
export interface Unplayed {
	readonly given: string;
	readonly lines: readonly string[];
}

/** What `--json` prints of each story. */
export const playedJson = (items: readonly PlayedItem[], withSteps: boolean): object[] =>
	items.map(({ given, played: { title, verdict, result, mismatches, steps, warnings } }) => ({
		...{ file: given, title, verdict, finding: result.finding, broken: result.broken, mismatches },
		warnings,
		...(withSteps ? { steps } : {}),
	}));

/** What went wrong in a story, a sentence each. */
export function wrongIn({ result, mismatches, scenario, verdict }: Played): string[] {
	const { finding, broken } = result;
	const unexpected = broken.filter(
		({ guarantee }) => scenario?.breaks.includes(guarantee) !== true,
	);
	const found = finding === null || finding.kind === 'violated' ? unexpected : [...broken, finding];
	const said = [...found.map(sayFound), ...mismatches.map(describe)];
	if (said.length > 0 || verdict === 'holds') return said.map(printable);
	return [
		result.rested
			? 'nothing happened in it, so it says nothing'
			: 'it did not come to rest in time',
	];
}

/** One test case for each story, and for each thing that could not be played. */
export function replayJunit(
	items: readonly PlayedItem[],
	unplayed: readonly Unplayed[],
	start: number,
): string {
	const seconds = (performance.now() - start) / 1000;
	const cases: Case[] = [
		...items.map(({ given, played }) => ({
			...{ name: nameOf({ given, played }), verdict: played.verdict },
			message: wrongIn(played).join('\n'),
			...(played.verdict === 'holds' ? {} : { replay: replayFileCommand(given) }),
			...{ classname: 'mulligan.replay', file: given },
		})),
		...unplayed.map(({ given, lines }) => ({
			...{ name: given, verdict: 'unknown' as const, message: lines.join('\n') },
			...{ classname: 'mulligan.replay', file: given },
		})),
	];
	return junitOf('mulligan replay', cases, { seconds, isLivedWith: false });
}

const nameOf = ({ given, played: { title } }: PlayedItem): string =>
	`${given}: ${title.split('\n')[0] ?? ''}`;

const placed = ({ file, line, column }: Place): NonNullable<Note['place']> => ({
	...{ file: pathInRepository(file), line, column },
});

/** What went wrong, beside the line that says otherwise, and what project files are warned of. */
export function replayNotes(items: readonly PlayedItem[], unplayed: readonly Unplayed[]): Note[] {
	const notes = items.flatMap(({ given, played }) => [
		...wrongNotes(given, played),
		...played.warnings.map(
			(warning): Note => ({
				...{ level: 'warning', title: 'mulligan: project file', place: placed(warning) },
				message: `${warning.message} (${warning.remedy})`,
			}),
		),
	]);
	const refused = unplayed.flatMap(({ lines }) =>
		lines.map(
			(message): Note => ({ level: 'error', title: 'mulligan: cannot be played', message }),
		),
	);
	// Scenarios of one project file are warned of the same.
	return [...new Map([...refused, ...notes].map((note) => [JSON.stringify(note), note])).values()];
}

function wrongNotes(given: string, played: Played): Note[] {
	const { result, mismatches, scenario, verdict, title } = played;
	if (verdict === 'holds') return [];
	const level = verdict === 'violated' ? 'error' : 'warning';
	const name = `mulligan: ${scenario?.name ?? title.split('\n')[0] ?? ''}`;
	const again = replayFileCommand(given);
	if (scenario === null)
		return wrongIn(played).map((said) => ({ level, title: name, message: `${said}\n${again}` }));
	const whole = { file: given, line: 0, column: 0 };
	const found = wrongIn({ ...played, mismatches: [] }).map((said): Note => {
		const { index } = result.finding ?? result.broken[0] ?? { index: -1 };
		return {
			...{ level, title: name, message: `${said}\n${again}` },
			place: placed(scenario.places[index] ?? whole),
		};
	});
	return [
		// Where only a mismatch was found, that is all there is to say.
		...(mismatches.length > 0 && result.finding === null ? [] : found),
		...mismatches.map(
			(one): Note => ({
				...{ level, title: name, place: placed(one) },
				message: `${one.message} (${one.remedy})\n${again}`,
			}),
		),
	];
}
