import { printable } from '../model/vocabulary/printable.ts';
import { narrated } from '../properties/narration/narrate.ts';
import { mermaidSequence } from '../reports/markdown/diagrams.ts';
import { listed } from '../reports/wording/figures.ts';
import { lastLine } from './ending-lines.ts';
import { wrongIn } from './replay-machines.ts';
import type { Played } from './replay-play.ts';
import { type Drawn, sequenceLines } from './sequence-lines.ts';

/** Columns of a terminal that does not say how wide it is, and the most that one line of the drawing takes. */
const COLUMNS = { usual: 80, most: 120 } as const;

/** A line that Mermaid passes over; a directive, which it would obey, cannot stand in it. */
const comment = (said: string): string => `%% ${said.replaceAll(/[%{}]/g, '.')}`;

/** How a story is drawn, and what stands around it. */
export interface Drawing {
	/** Names of the systems. */
	readonly on: readonly string[];
	/** The command that plays it again. */
	readonly again: string;
	readonly as: 'diagram' | 'mermaid';
	/** Width of the terminal, if that is known. */
	readonly columns?: number | undefined;
}

/** A story that was played, as a sequence diagram: the answer, the drawing, what went wrong, and the answer again. */
export function drawingLines(played: Played, { on, again, as, columns }: Drawing): string[] {
	const { title, verdict, story, steps, result } = played;
	const drawn: Drawn = narrated({
		...{ story, steps, system: on.at(-1) ?? '' },
		finding: result.finding ?? result.broken[0] ?? null,
	});
	const [name = ''] = title.split('\n');
	const [first, wrong, last] = [
		`${verdict}: ${printable(name).replace(/\.$/, '')}, on ${listed(on)}`,
		wrongIn(played),
		lastLine({ verdict, reason: null }, again),
	];
	if (as === 'mermaid')
		return [...[comment(first), ...mermaidSequence(drawn)], ...[...wrong, last].map(comment)];
	return [
		...[first, ''],
		...sequenceLines(drawn, Math.min(columns ?? COLUMNS.usual, COLUMNS.most)),
		...['', ...wrong.map((said) => `X  ${said}`), ...(wrong.length === 0 ? [] : [''])],
		last,
	];
}
