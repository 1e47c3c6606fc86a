import { plural } from '../model/vocabulary/plural.ts';
import { printable } from '../model/vocabulary/printable.ts';
import { BAD_ENDS, type ExplainedCommand, type Outcome } from '../properties/explain/outcomes.ts';
import { inMermaid } from '../reports/markdown/text.ts';
import { ANY_VARIANT } from '../scenarios/import/version.ts';
import { table } from './table.ts';

interface ExplainedTask {
	readonly file: string;
	readonly task: string;
	readonly variant: string;
	readonly commands: readonly ExplainedCommand[];
}

/** What comes of each command of a task, as a table. */
export function taskLines({ file, task, variant, commands }: ExplainedTask): string[] {
	const where = variant === ANY_VARIANT ? 'on no variant' : `on ${variant}`;
	const rows = commands.map((one, place) => [
		`${place + 1}`,
		one.position.block,
		printable(nameOf(one)),
		`${one.flagged ? 'flag' : ''}${one.background ? ' background' : ''}`.trim(),
		...BAD_ENDS.map((end) =>
			// A time-out led there, and whether the task restarts for that one is told at its own command.
			one.position.block === 'timeout' && end !== 'aborted'
				? 'changes nothing'
				: inWords(one.outcomes[end]),
		),
	]);
	return [
		printable(`${file}: ${task} ${where}, ${plural(commands.length, 'command')}`),
		...(rows.length === 0
			? []
			: [
					'',
					...table(
						[['', 'block', 'command', '', 'fails', 'times out', 'aborted there'], ...rows],
						new Set([0]),
					).split('\n'),
					'',
					'red, green: how that execution ends; again: it restarts afterwards; then: what still runs before.',
					'timeout runs only after a time-out, teardown_group when the host leaves the group.',
					...(commands.some(({ outcomes }) => outcomes.fails === null)
						? ['no failure: with continue_on_err a script may fail; a time-out still counts.']
						: []),
					...(commands.some(({ flagged, background }) => flagged && background)
						? [
								'The deployed agent asks for no restart when a background command fails; the model does.',
							]
						: []),
				]),
	];
}

const nameOf = ({ command, display_name, func }: ExplainedCommand): string =>
	`${display_name === null ? command : `${command} "${display_name}"`}${func === null ? '' : ` (${func})`}`;

function inWords(outcome: Outcome | null): string {
	if (outcome === null) return 'no failure';
	const { status, restarted, afterwards } = outcome;
	if (status === null) return 'cannot be told';
	const end = status === 'success' ? 'green' : 'red';
	const again = restarted === 0 ? '' : restarted === 1 ? ', again' : `, all ${restarted} again`;
	const blocks = afterwards.length === 0 ? '' : `; then ${afterwards.join(', ')}`;
	return `${end}${again}${blocks}`;
}

/** The same as a diagram: the way on when all goes well, and where each failure leads. */
export function taskDiagram({ task, variant, commands }: ExplainedTask): string {
	const node = (place: number): string => `c${place}`;
	const ends = new Set<string>();
	const edges = commands.flatMap(({ position, outcomes }, place) => {
		const next = commands[place + 1];
		const end =
			position.block === 'timeout'
				? null
				: (outcomes.fails?.restarted ?? 0) > 0
					? 'again'
					: outcomes.fails?.status === 'failed'
						? 'red'
						: null;
		if (end !== null) ends.add(end);
		return [
			...(next === undefined || position.block === 'timeout' || next.position.block === 'timeout'
				? []
				: [`  ${node(place)} --> ${node(place + 1)}`]),
			...(end === null ? [] : [`  ${node(place)} -. fails .-> ${end}`]),
		];
	});
	return [
		'flowchart TD',
		`  start(["${inMermaid(`${task} on ${variant}`)}"]) --> ${commands.length === 0 ? 'done' : node(0)}`,
		...commands.map(
			(one, place) =>
				`  ${node(place)}["${inMermaid(`${one.position.block}: ${nameOf(one)}`)}"]${one.flagged ? ':::flag' : ''}`,
		),
		...edges,
		...(ends.has('again') ? ['  again(["red, and it restarts"])'] : []),
		...(ends.has('red') ? ['  red(["red"])'] : []),
		...(commands.length === 0 ? ['  done(["green"])'] : []),
		'  classDef flag stroke-width:3px',
	].join('\n');
}
