import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { Configuration } from '../model/checker/configurations/configuration.ts';
import { PROFILES, type Profile } from '../model/checker/configurations/sized.ts';
import { type Exploration, exploring } from '../model/checker/engine/explore/explore.ts';
import { Tables } from '../model/checker/engine/tables/tables.ts';
import { ExportError, SPIN_FLAGS, writingPromela } from '../model/checker/promela/to-promela.ts';
import { RetryProduct } from '../model/checker/retry/retry-product.ts';
import { createTables } from '../model/system/tables.ts';
import { plural } from '../model/vocabulary/plural.ts';
import { USUAL_MEMORY } from '../properties/checks/checks.ts';
import { sayPhase } from '../properties/checks/phase.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import type { CheckTools } from './check.ts';
import { chosen, configurationItems } from './configurations.ts';
import { BadInput, Interrupted } from './exit.ts';
import { byteSize, type Size } from './flags.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { onDisk } from './on-disk.ts';
import { Progress } from './progress.ts';

export function addExport(program: Command, tools: CheckTools = {}): void {
	const examples = [`${MULLIGAN} export promela merge-queue --output model.pml`];
	program
		.command('export')
		.summary('give the model to another checker')
		.description('Writes what the checker explores in the language of another checker.')
		.addHelpText('after', below('export', { examples }))
		.command('promela')
		.summary('as a model that SPIN explores')
		.description(
			'Explores a configuration and prints it as a Promela model of the very same graph: SPIN finds as ' +
				'many states and transitions. A step that breaks a promise fails an assertion.',
		)
		.argument('<configuration>', 'which one')
		.addOption(new Option('--profile <profile>', 'how large').choices(PROFILES).default('quick'))
		.option(
			'--memory <size>',
			'most memory for its states, such as 512M or 8G (default: half of the machine, at most 4G)',
			byteSize,
		)
		.option('--output <file>', 'write into this file, which must not be there, not to stdout')
		.addHelpText('after', below('export', { examples, items: configurationItems }))
		.action((name: string, options: Options) => run(name, options, tools));
}

interface Options {
	profile: Profile;
	memory?: Size;
	output?: string;
}

async function run(
	name: string,
	{ profile, memory, output }: Options,
	{ machines = createTables }: CheckTools,
): Promise<void> {
	const configurations = chosen([name], profile);
	if (output !== undefined) prepareToWrite(output);
	const interruption = new Interruption();
	try {
		for (const configuration of configurations) {
			const product = new RetryProduct(configuration, machines());
			const exploration = await explored(product, {
				configuration,
				memory: memory?.bytes ?? USUAL_MEMORY,
				interruption,
			});
			const model = await exported(configuration, exploration, interruption);
			if (output === undefined) console.log(model.trimEnd());
			else onDisk(output, FILE, () => writeFileSync(output, model, { flag: 'wx' }));
			for (const line of spinLines(exploration, output ?? 'model.pml')) console.error(line);
		}
	} finally {
		interruption.over();
	}
}

const FILE = { what: 'the model', remedy: 'name a new file in a folder that you may write to' };

/** What cannot be written later is known before any work. */
function prepareToWrite(file: string): void {
	if (existsSync(file))
		throw new BadInput(`${file} is there already and stays as it is (${FILE.remedy})`);
	onDisk(file, FILE, () => accessSync(dirname(file), constants.W_OK));
}

/** Every state, also beyond broken promises. */
async function explored(
	product: RetryProduct,
	{ configuration: { name }, memory, interruption }: Exploring,
): Promise<Exploration<unknown>> {
	const progress = new Progress(false);
	const begun = performance.now();
	const work = exploring(new Tables(product), { memory, goOn: true });
	return inTurns(work, interruption, (found) => {
		const seconds = (performance.now() - begun) / 1000;
		progress.report(name, sayPhase({ ...found, phase: 'exploring' }, seconds));
	}).finally(() => progress.done());
}

interface Exploring {
	readonly configuration: Configuration;
	readonly memory: number;
	readonly interruption: Interruption;
}

/** Does work between whose steps signals have their turn. @throws Interrupted */
async function inTurns<Progressing, Result>(
	work: Generator<Progressing, Result, void>,
	interruption: Interruption,
	report: (progress: Progressing) => void = () => {},
): Promise<Result> {
	for (let step = work.next(); ; step = work.next()) {
		if (step.done === true) return step.value;
		report(step.value);
		await setImmediate();
		if (interruption.happened) throw new Interrupted('nothing is exported');
	}
}

async function exported(
	{ name }: Configuration,
	exploration: Exploration<unknown>,
	interruption: Interruption,
): Promise<string> {
	try {
		return await inTurns(writingPromela(exploration), interruption);
	} catch (error) {
		if (!(error instanceof ExportError)) throw error;
		const states = plural(exploration.states.count, 'state');
		throw new BadInput(
			`${name} does not fit: the memory was used up at ${states} (give more with --memory, or take a smaller --profile)`,
		);
	}
}

/** How SPIN is run on it, and what it finds then. */
function spinLines(
	{ states: { count }, generated, breaches }: Exploration<unknown>,
	file: string,
): string[] {
	const slots = Math.ceil(Math.log2(count)) + 1;
	const flags = SPIN_FLAGS.join(' ');
	const all = breaches.length === 0 ? '' : ' -c0';
	return [
		`spin -a ${file} && gcc ${flags} -DMEMLIM=8192 -o pan pan.c && ./pan -w${slots} -m${count + 1}${all}`,
		`SPIN finds ${plural(count, 'state')}, ${plural(generated, 'transition')} and one more into the first state, and ${plural(breaches.length, 'error')}`,
	];
}
