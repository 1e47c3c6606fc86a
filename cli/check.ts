import { type Command, Option } from 'commander';
import { usableFolder } from '../impl/host/folders.ts';
import { configuredUnder } from '../model/checker/configurations/designs.ts';
import { PROFILES, type Profile } from '../model/checker/configurations/sized.ts';
import { createTables, type MachineTables } from '../model/system/tables.ts';
import { tablesOf } from '../model/system/tables-by-design.ts';
import type { Design } from '../model/vocabulary/design.ts';
import { checkAll, usualMemory } from '../properties/checks/checks.ts';
import { checkEvidence } from '../properties/checks/evidence.ts';
import { checkInThreads } from '../properties/checks/in-threads.ts';
import type { ReferenceOptions } from '../properties/systems/reference.ts';
import { extentOf } from '../properties/tour/plan.ts';
import { machinesOf } from '../properties/verification/machines.ts';
import { checkSummary } from '../reports/check-summary.ts';
import { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import type { DoubtId } from '../reports/evidence/doubt.ts';
import { isIn, type Shard, WHOLE } from '../reports/evidence/shard.ts';
import { judgeChecks } from '../reports/judging/check.ts';
import { checkCommand, MULLIGAN, withOutput } from '../reports/wording/commands.ts';
import { CHECK, OUT, writeCheck } from '../reports/write.ts';
import { checkLines } from './check-lines.ts';
import { chosen, configurationItems, isWhole } from './configurations.ts';
import { checkNotes } from './evidence-notes.ts';
import { BadInput, EXIT, exitOfEvidence } from './exit.ts';
import {
	byteSize,
	designOption,
	jsonOption,
	type Size,
	usualWorkers,
	verboseOption,
	workerCount,
} from './flags.ts';
import { annotate } from './github.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { onDisk } from './on-disk.ts';
import { allowOption, shardOption } from './parts.ts';
import { Progress } from './progress.ts';
import { ReportFolder } from './report-folder.ts';
import { saveScenarios } from './save.ts';
import { commitOf } from './seeds.ts';

/** For tests: machines that may be broken, in place of the model's, and how the reference is broken. */
export type CheckTools = {
	readonly machines?: () => MachineTables;
	readonly toured?: ReferenceOptions;
};

export function addCheck(program: Command, tools: CheckTools = {}): void {
	program
		.command('check')
		.summary('go through every state of the model, up to a stated bound')
		.description(
			'Explores every interleaving of agents, server, users, clock and faults within the bounds of a ' +
				'configuration, and judges every guarantee in it. A broken one is told as a shortest story.',
		)
		.argument('[configuration...]', 'which ones (default: all)')
		.addOption(
			new Option('--profile <profile>', 'about 15 s, 2 min or hours for all configurations')
				.choices(PROFILES)
				.default('quick'),
		)
		.option(
			'--memory <size>',
			'most memory for the states of one configuration, such as 512M or 8G (default: 512M in quick size, else half of the machine, at most 4G)',
			byteSize,
		)
		.option(
			'--workers <n>',
			'threads, 1 to 64: of quick size each explores a configuration, else all the same one (default: 1 in quick size, else one for each core)',
			workerCount,
		)
		.option(
			'--symmetry',
			'let hosts that are alike count as one: fewer states, but liveness is not judged',
			false,
		)
		.option(
			'--bitstate',
			'keep only bits of each state: several times as far in the same memory, but nothing holds',
			false,
		)
		.option(
			'--tour',
			'walk the reference through all that was explored: every step in quick size, core steps in larger ones',
			false,
		)
		.option('--save <folder>', 'write each broken promise as a scenario into this folder')
		.addOption(designOption())
		.addOption(shardOption())
		.addOption(allowOption())
		.option(
			'--output <folder>',
			`write check.json into this folder (default: none; of a part: ${OUT})`,
		)
		.addOption(verboseOption())
		.addOption(jsonOption('the evidence'))
		.addHelpText(
			'after',
			below('check', {
				examples: [`${MULLIGAN} check blocks merge-queue`],
				items: configurationItems,
			}),
		)
		.action((names: string[], options: Options) =>
			run(names, options, tools, program.version() ?? ''),
		);
}

interface Options {
	profile: Profile;
	memory?: Size;
	workers?: number;
	symmetry: boolean;
	bitstate: boolean;
	tour: boolean;
	save?: string;
	design?: Design;
	shard?: Shard;
	allow: DoubtId[];
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	names: readonly string[],
	options: Options,
	tools: CheckTools,
	version: string,
): Promise<void> {
	const { profile, symmetry, bitstate, tour, save, design = 'flag', verbose, json } = options;
	const memory = options.memory?.bytes ?? usualMemory(profile);
	// Small spaces are gone through before another thread has begun, and learnt what this one knows by then.
	const { workers = profile === 'quick' ? 1 : usualWorkers() } = options;
	const { machines: made = createTables, toured: against } = tools;
	const isBroken = tools.machines !== undefined || against !== undefined;
	const touring = tour ? { extent: extentOf(profile) } : undefined;
	const begun = performance.now();
	if (symmetry && bitstate)
		throw new BadInput('--symmetry and --bitstate do not go together: leave one of them out');
	if (tour && (symmetry || bitstate))
		throw new BadInput('--tour needs every state: leave --symmetry and --bitstate out');
	const all = chosen(names, profile).map((one) => configuredUnder(one, design));
	const { shard = null, allow } = options;
	const configurations = all.filter((_, place) => isIn(shard ?? WHOLE, place));
	const output = options.output ?? (shard === null ? null : OUT);
	const folder = { what: 'scenarios', remedy: 'name a folder that you may write to' };
	if (save !== undefined) onDisk(save, folder, () => usableFolder(save));
	const reports = output === null ? null : ReportFolder.take(output, CHECK);
	try {
		const progress = new Progress(json);
		const interrupt = new AbortController();
		const interruption = new Interruption(() => {
			progress.report('interrupted', 'telling what was found; once more to stop at once');
			interrupt.abort();
		});
		const machines = design === 'flag' ? made() : tablesOf({ design });
		const common = { configurations, memory, symmetry, bitstate, machines };
		const signal = interrupt.signal;
		const tell = (what: string, detail: string): void => {
			if (!interruption.happened) progress.report(what, detail);
		};
		// Small spaces are done before several threads have begun with one. What is given as a function stays here.
		const beside = profile === 'quick' && workers > 1 && configurations.length > 1 && !isBroken;
		const looked = await (beside
			? checkInThreads({
					...{ ...common, signal, threads: workers, tour: touring },
					onProgress: (detail) => tell('checking', detail),
				})
			: checkAll({
					...{ ...common, signal, workers },
					tour: touring && { ...touring, reference: against },
					onPhase: (name, detail) => tell(`checking ${name}`, detail),
				})
		).finally(() => {
			interruption.over();
		});
		progress.done();
		const checks = looked.map(checkEvidence);
		const whole = isWhole(all, profile);
		const evidence = CheckEvidence.parse({
			format: 'mulligan check',
			version: 1,
			created_at: new Date().toISOString(),
			mulligan: version,
			commit: commitOf(process.env),
			shard,
			allowed: allow,
			design,
			whole,
			configurations: all.map(({ name }) => name),
			...judgeChecks({ checks, whole, shard }),
			profile,
			node: process.version,
			seconds: (performance.now() - begun) / 1000,
			memory_bytes: memory,
			machines: machinesOf(machines),
		} satisfies CheckEvidence);
		const written = reports?.write(() =>
			writeCheck(evidence, { folder: reports.path, whole: !interruption.happened }),
		);
		const exit = exitOfEvidence(evidence);
		process.exitCode = reports?.exit(exit) ?? exit;
		if (save !== undefined) {
			const { lines, failed } = saved(() =>
				onDisk(save, folder, () => saveScenarios(save, looked, machines)),
			);
			if (failed || !json) for (const line of lines) console.error(line);
			if (failed) process.exitCode = EXIT['bad input'];
		}
		const again = withOutput(
			checkCommand({ ...options, names, memory: options.memory?.typed }),
			options.output,
		);
		if (json) console.log(JSON.stringify(evidence));
		else console.log(checkLines(evidence, { again, verbose, written: written ?? [] }).join('\n'));
		annotate(checkNotes(evidence), checkSummary(evidence, again), json);
	} finally {
		reports?.release();
	}
}

/** What became of scenarios that were to be saved; that they could not be takes nothing from what was found. */
function saved(save: () => string[]): {
	readonly lines: readonly string[];
	readonly failed: boolean;
} {
	try {
		return { lines: save(), failed: false };
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		return { lines: error.lines.map((line) => `mulligan: ${line}`), failed: true };
	}
}
