import { type Command, Option } from 'commander';
import { printable } from '../model/vocabulary/printable.ts';
import type { System } from '../properties/systems/system.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { lastLine } from './ending-lines.ts';
import { BadInput, exitOf } from './exit.ts';
import { designOption, jsonOption, verboseOption } from './flags.ts';
import { annotate } from './github.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { diagramLines, mermaidLines } from './replay-diagram.ts';
import { printExpanded } from './replay-expand.ts';
import { fix } from './replay-fix.ts';
import { isOne } from './replay-given.ts';
import { replayLines } from './replay-lines.ts';
import { type PlayedItem, playedJson, replayJunit, replayNotes } from './replay-machines.ts';
import { replayMany } from './replay-many.ts';
import { againCommand, type Options, sayFixed, worstOf } from './replay-options.ts';
import { play, type ReplayConditions } from './replay-play.ts';
import { scenarioFile } from './shipped.ts';
import { NAMES, SYSTEMS, systemsOf, USUAL } from './systems.ts';

/** For tests: what is on trial instead of the reference. */
export type ReplayTools = { readonly against?: System };

export function addReplay(program: Command, { against }: ReplayTools = {}): void {
	program
		.command('replay')
		.summary('show stories event by event')
		.usage('[options] <file|token...>')
		.description(
			'Plays a story on the systems and prints each event with what it changed, then how the story ' +
				'comes to rest. Marks the first violation or divergence, and what goes other than a scenario says. Of a ' +
				'folder, a pattern or several files there is a line for each story, and those that fail are told whole.',
		)
		.addHelpText(
			'after',
			below('replay', {
				examples: [
					`${MULLIGAN} replay a-transient-clone-failure-is-retried-once`,
					`${MULLIGAN} replay path/to/scenarios --failures`,
					`${MULLIGAN} replay reports/out/designs.json --design rest`,
				],
			}),
		)
		.argument(
			'<file|token...>',
			'scenarios, their folders or patterns, or names of those that come along; replay tokens, files with one, or the evidence of verify, check or designs',
		)
		.addOption(
			new Option('--on <systems>', `which systems, separated by commas: ${NAMES.join(', ')}`)
				.argParser(systemsOf)
				.default(USUAL, USUAL.join(',')),
		)
		.addOption(
			designOption(
				'play it under this design; of the evidence of designs, the stories of this one',
			),
		)
		.option('--failures', 'of several stories print only those that fail', false)
		.option('--watch', 'go on, and play again what is changed', false)
		.option('--fix', 'write into scenarios which guarantees they put to the test (shows)', false)
		.option(
			'--expand',
			'print scenarios with their words replaced by events, and play nothing',
			false,
		)
		.addOption(
			new Option('--diagram', 'draw a story as a sequence diagram of text')
				.default(false)
				.conflicts(['json', 'junit', 'watch', 'expand', 'mermaid']),
		)
		.addOption(
			new Option('--mermaid', 'print a story as a Mermaid sequence diagram and nothing else')
				.default(false)
				.conflicts(['json', 'junit', 'watch', 'expand']),
		)
		.addOption(verboseOption())
		.addOption(jsonOption('what was played').conflicts('watch'))
		.addOption(
			new Option('--junit', 'print what was played as JUnit XML and nothing else')
				.default(false)
				.conflicts(['json', 'watch']),
		)
		.action((given: string[], options: Options) =>
			options.expand
				? printExpanded(given)
				: run(
						given,
						options,
						options.on.map((name) =>
							name === 'reference' && against !== undefined ? against : SYSTEMS[name](),
						),
					),
		);
}

async function run(
	given: readonly string[],
	options: Options,
	systems: readonly System[],
): Promise<void> {
	const interrupt = new AbortController();
	const interruption = new Interruption(() => {
		// At once: an event of the live system may take long, and is waited for.
		console.error('interrupted: telling what was seen until then; once more to stop at once');
		interrupt.abort();
	});
	const conditions: ReplayConditions = {
		systems,
		signal: interrupt.signal,
		...(options.design === undefined ? {} : { design: options.design }),
	};
	try {
		if (isOne(given) && !options.watch && !options.failures)
			await replayOne(given[0] ?? '', options, conditions);
		else {
			if (options.diagram || options.mermaid)
				throw new BadInput('a diagram is of one story (name one scenario or token)');
			await replayMany(given, options, conditions);
		}
	} finally {
		await Promise.all(systems.map((system) => system.close?.()));
		interruption.over();
	}
}

const linesFor = ({ diagram, mermaid }: Options): typeof replayLines =>
	diagram ? diagramLines : mermaid ? mermaidLines : replayLines;

async function replayOne(
	given: string,
	options: Options,
	conditions: ReplayConditions,
): Promise<void> {
	const file = scenarioFile(given);
	const start = performance.now();
	const { played, otherwise } = await play(file, conditions);
	const worst = played.length === 0 ? otherwise : worstOf(played);
	const verdict = conditions.signal.aborted && worst === 'holds' ? 'unknown' : worst;
	const again = againCommand([given], options);
	const items: PlayedItem[] = played.map((one) => ({ given: file, played: one }));
	if (options.json) console.log(JSON.stringify({ verdict, stories: playedJson(items, true) }));
	else if (options.junit) console.log(replayJunit(items, [], start).trimEnd());
	else if (played.length === 0)
		console.log(
			`${verdict}: there is no story to replay in ${printable(given)}${options.design === undefined ? '' : ` under the design ${options.design}`}\n${lastLine({ verdict, reason: null }, again)}`,
		);
	else console.log(linesFor(options)(played, { ...options, verdict, again }).join('\n'));
	annotate(
		replayNotes(items, []),
		`### mulligan replay: ${verdict}\n`,
		options.json || options.junit,
	);
	if (options.fix) for (const one of played) sayFixed(fix(file, one));
	process.exitCode = exitOf(verdict);
}
