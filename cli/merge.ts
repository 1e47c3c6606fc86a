import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { checkSummary } from '../reports/check-summary.ts';
import { designsSummary } from '../reports/designs-summary.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { mergeChecks } from '../reports/merging/check.ts';
import { mergeDesigns } from '../reports/merging/designs.ts';
import { ForeignParts, type Part } from '../reports/merging/parts.ts';
import { mergeVerifications } from '../reports/merging/verification.ts';
import { readCheck, readDesigns, readVerification } from '../reports/review/evidence-files.ts';
import type { Read } from '../reports/review/read.ts';
import { summary } from '../reports/summary.ts';
import { MULLIGAN, mergeCommand, withOutput } from '../reports/wording/commands.ts';
import {
	CHECK,
	DESIGNS,
	OUT,
	REVIEW,
	VERIFICATION,
	writeCheck,
	writeDesigns,
	writeReports,
} from '../reports/write.ts';
import { partial } from '../reports/write-together.ts';
import { checkLines } from './check-lines.ts';
import { designLines } from './design-lines.ts';
import { BadInput, exitOfEvidence, worst } from './exit.ts';
import { jsonOption, verboseOption } from './flags.ts';
import { checkNotes, designNotes, tellGitHub, verificationNotes } from './github.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { reviewIn } from './review.ts';
import { verifyLines } from './verify-lines.ts';

/** For tests: where reports go, instead of the usual. */
export type MergeTools = { readonly out?: string };

export function addMerge(program: Command, tools: MergeTools = {}): void {
	program
		.command('merge')
		.summary('put the parts of a run together, and judge their union')
		.description(
			'Reads what verify, check and designs wrote with --shard, one folder for each part, and judges all parts ' +
				'together: what mattered, which transitions were taken, whether the canary was caught. A part that is ' +
				'missing, there twice, or of another run (commit, version, profile, seed, options) is refused. Writes the ' +
				'reports of the whole run, and the review.',
		)
		.addHelpText(
			'after',
			below('merge', { examples: [`${MULLIGAN} merge parts/1 parts/2 --output reports/out`] }),
		)
		.argument('<folders...>', 'a folder for each part, as --output named it')
		.addOption(outputOption())
		.addOption(verboseOption())
		.addOption(jsonOption('the merged evidence, by kind,'))
		.action((folders: string[], options: Options) =>
			run(folders, options, tools, program.version() ?? ''),
		);
}

interface Options {
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	folders: readonly string[],
	{ output, verbose, json }: Options,
	{ out = OUT }: MergeTools,
	version: string,
): Promise<void> {
	insistOnParts(folders, output ?? out);
	const verification = merged(
		partsIn(folders, VERIFICATION[0], readVerification),
		folders,
		mergeVerifications,
	);
	const check = merged(partsIn(folders, CHECK[0], readCheck), folders, mergeChecks);
	const designs = merged(partsIn(folders, DESIGNS[0], readDesigns), folders, mergeDesigns);
	const interruption = new Interruption();
	const folder = ReportFolder.take(output ?? out, VERIFICATION, CHECK, DESIGNS, REVIEW);
	try {
		const writing = { folder: folder.path, whole: true };
		const again = withOutput(mergeCommand(folders), output);
		const exits: number[] = [];
		const lines: string[] = [];
		const part = (said: readonly string[]): void => {
			if (lines.length > 0) lines.push('');
			lines.push(...said);
		};
		if (check !== null) {
			const written = folder.write(() => writeCheck(check, writing));
			part(checkLines(check, { again, verbose, written }));
			tellGitHub(checkNotes(check), checkSummary(check, again), json);
			exits.push(exitOfEvidence(check));
		}
		if (designs !== null) {
			const judged = judgeClaims(designs);
			const written = folder.write(() => writeDesigns(designs, writing));
			part(designLines(designs, { written, verdict: judged.verdict, verbose, again }));
			tellGitHub(designNotes(designs), designsSummary(designs, again), json);
			exits.push(exitOfEvidence({ ...judged, allowed: designs.allowed }));
		}
		if (verification !== null) {
			const written = folder.write(() => writeReports(verification, writing));
			const reviewed = await reviewIn({ folder: folder.path, output, version, interruption });
			const around = { written, reviewed, file: null, output, verbose, again };
			part(verifyLines(verification, around));
			tellGitHub(verificationNotes(verification), summary(verification), json);
			exits.push(exitOfEvidence(verification));
		}
		console.log(json ? JSON.stringify({ verification, check, designs }) : lines.join('\n'));
		process.exitCode = worst(exits);
	} finally {
		folder.release();
		interruption.over();
	}
}

/** Refuses folders without a part, and to write the whole over one. */
function insistOnParts(folders: readonly string[], output: string): void {
	const has = (folder: string, name: string): boolean => existsSync(join(folder, name));
	const problems = folders.flatMap((folder) => {
		if (resolve(folder) === resolve(output))
			return `${folder}: the merged reports would replace those of this part (give another folder with --output)`;
		if (KINDS.some((name) => has(folder, name))) return [];
		return KINDS.some((name) => has(folder, partial(name)))
			? `${folder}: this part was interrupted (let it run again)`
			: `${folder}: there is no evidence of a part (name the folder that verify, check or designs wrote to with --shard and --output)`;
	});
	if (problems.length > 0) throw new BadInput(...problems);
}

/** Names of the evidence that may be merged. */
const KINDS = [VERIFICATION[0], CHECK[0], DESIGNS[0]] as const;

/** The evidence of this name in those of the folders that have it. */
function partsIn<Evidence>(
	folders: readonly string[],
	name: string,
	readPart: (file: string, remedy: string) => Read<Evidence>,
): Part<Evidence>[] {
	return folders.flatMap((folder) => {
		const file = join(folder, name);
		const read = readPart(file, 'let that part run again');
		if (read.kind === 'refused') throw new BadInput(...read.problems);
		return read.kind === 'absent' ? [] : [{ file, evidence: read.value }];
	});
}

/** Null: none of the folders has any. */
function merged<Evidence>(
	parts: readonly Part<Evidence>[],
	folders: readonly string[],
	merge: (parts: readonly Part<Evidence>[]) => Evidence,
): Evidence | null {
	if (parts.length === 0) return null;
	try {
		return merge(parts);
	} catch (error) {
		if (!(error instanceof ForeignParts)) throw error;
		throw new BadInput(
			...error.problems,
			`these are not the parts of one run (${mergeCommand(folders)} needs each of them once)`,
		);
	}
}
