import { appendFileSync } from 'node:fs';
import { printable } from '../model/vocabulary/printable.ts';
import type { Environment } from './seeds.ts';

/** GitHub shows so many annotations of a step and kind; the last one says how many more there are. */
const SHOWN = 10;
/** Longest message of an annotation, and most bytes of a step's summary. */
const MOST_CHARACTERS = 4000;
const MOST_BYTES = 1_000_000;

/** What is to be seen beside the code, or on the page of a run. */
export interface Note {
	readonly level: 'error' | 'warning' | 'notice';
	readonly title: string;
	readonly message: string;
	/** Where it is, from the top of the repository, unless the message begins with it; line 0 is the file as a whole. */
	readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/**
 * In a step of a GitHub workflow: annotations on stdout, and the summary on the page of the run. Elsewhere nothing.
 * With `--json` stdout belongs to the one object.
 */
export function annotate(
	notes: readonly Note[],
	summary: string,
	json: boolean,
	env: Environment = process.env,
): void {
	if (env['GITHUB_ACTIONS'] !== 'true') return;
	if (!json) for (const line of annotations(notes)) console.log(line);
	addToSummary(summary, env);
}

/** Adds to the summary of the step, if it has one. */
export function addToSummary(summary: string, env: Environment = process.env): void {
	const page = env['GITHUB_STEP_SUMMARY'] ?? '';
	if (page === '') return;
	try {
		appendFileSync(page, Buffer.from(summary).subarray(0, MOST_BYTES));
	} catch (error) {
		// The verdict does not hang on a page that somebody else keeps.
		console.error(`mulligan: the step summary cannot be written: ${printable(String(error))}`);
	}
}

/** Workflow commands: one line each, with the place that a message begins with, if it does. */
export function annotations(notes: readonly Note[]): string[] {
	const lines: string[] = [];
	for (const level of ['error', 'warning', 'notice'] as const) {
		const mine = notes.filter((note) => note.level === level);
		const shown = mine.length > SHOWN ? SHOWN - 1 : mine.length;
		for (const note of mine.slice(0, shown)) lines.push(annotation(note));
		if (mine.length > shown)
			lines.push(
				annotation({
					level,
					title: 'mulligan',
					message: `${mine.length - shown} more like these; the summary has them`,
				}),
			);
	}
	return lines;
}

/** One workflow command. */
export function annotation({ level, title, message, place }: Note): string {
	const at = place === undefined ? placeIn(message) : placeOf(place);
	return `::${level} ${at}title=${property(title)}::${data(message.slice(0, MOST_CHARACTERS))}`;
}

const placeOf = ({ file, line, column }: NonNullable<Note['place']>): string =>
	`file=${property(file)},${line === 0 ? '' : `line=${line},col=${column},`}`;

function placeIn(message: string): string {
	const [, file, line, column] = /^([^:\n]+):(\d+):(\d+): /.exec(message) ?? [];
	return file === undefined ? '' : placeOf({ file, line: Number(line), column: Number(column) });
}

/** As GitHub reads it: what ends a line or a part of it is written as a number. */
const data = (text: string): string =>
	text
		.split('\n')
		.map(printable)
		.join('\n')
		.replaceAll('%', '%25')
		.replaceAll('\r', '%0D')
		.replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
