import { existsSync } from 'node:fs';
import { basename, join, normalize } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { printable } from '../model/vocabulary/printable.ts';
import { TokenError } from '../model/vocabulary/stories/story.ts';
import { recordedBugs } from '../properties/deviations/recorded.ts';
import { narrateEach } from '../properties/narration/narrate.ts';
import { model } from '../properties/systems/model.ts';
import { graphsOfDesigns } from '../properties/verification/graphs.ts';
import type { DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import type { Evidence } from '../reports/evidence/evidence.ts';
import { MAX_STORIES, type NarratedStory } from '../reports/evidence/narrated-story.ts';
import { costsOf, sayLeftOut } from '../reports/review/costs-of.ts';
import { readDesigns, readSimulation, readVerification } from '../reports/review/evidence-files.ts';
import { headline } from '../reports/review/headline.ts';
import { makesFor, type ReviewInput } from '../reports/review/input.ts';
import type { Read } from '../reports/review/read.ts';
import { MULLIGAN, makesOf, reviewCommand, withOutput } from '../reports/wording/commands.ts';
import { OUT, REVIEW } from '../reports/write.ts';
import { partial, type Report, writeTogether } from '../reports/write-together.ts';
import { lastLine } from './ending-lines.ts';
import { BadInput, EXIT, Interrupted } from './exit.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { insistOn } from './recognised.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { CORPUS, projectFile } from './shipped.ts';
import { warnOfUncheckable } from './uncheckable.ts';

/** For tests: where evidence is and reviews go, instead of the usual; and the version that is said. */
export type ReviewTools = { readonly out?: string };

export function addReview(program: Command, tools: ReviewTools = {}): void {
	program
		.command('review')
		.summary('write the design review from the evidence in reports/out')
		.description(
			'Reads evidence.json (verify), designs.json (designs) and simulation.json (simulate) in reports/out and ' +
				'writes review.html, one page that needs nothing else, and review.md. A part whose evidence is missing ' +
				'says so and names the command that makes it. What an interrupted run left (evidence.partial.json) is ' +
				'not taken for evidence.',
		)
		.addHelpText(
			'after',
			below('review', { examples: [`${MULLIGAN} review --since accepted/evidence.json`] }),
		)
		.argument('[project.yml]', 'insist on evidence about this project file')
		.option('--since <evidence.json>', 'the evidence that was accepted last: what changed since')
		.addOption(outputOption())
		.action(async (project: string | undefined, options: Options) => {
			if (project !== undefined) insistOn(project, 'project');
			if (options.since !== undefined) insistOn(options.since, 'evidence');
			const interruption = new Interruption();
			let folder: ReportFolder | null = null;
			try {
				folder = ReportFolder.take(options.output ?? tools.out ?? OUT, REVIEW);
				const { path } = folder;
				const { review, input } = await drawn({
					folder: path,
					output: options.output,
					version: program.version() ?? '',
					project: project ?? null,
					since: options.since ?? null,
					interruption,
				});
				const written = folder.write(() => writeTogether(path, review));
				const { verdict, sentence } = headline(input);
				const again = withOutput(reviewCommand({ project, since: options.since }), options.output);
				console.log(
					[
						`${verdict}: ${sentence}`,
						...missingLines(input),
						`review    ${written.join('  ') || 'not written'}`,
						lastLine({ verdict, reason: null }, again),
					].join('\n'),
				);
				process.exitCode = folder.exit(EXIT.holds);
			} finally {
				interruption.over();
				folder?.release();
			}
		});
}

/** What the page has to say is missing, with the commands that make it. */
function missingLines(input: ReviewInput): string[] {
	const makes = makesFor(input);
	const leftOut = sayLeftOut(input);
	return (['evidence', 'designs', 'simulation'] as const).flatMap((part) =>
		input[part] === null
			? [
					printable(
						`missing   ${part === 'simulation' && leftOut !== null ? leftOut : `${part}.json;`} this makes it: ${makes[part]}`,
					),
				]
			: [],
	);
}

interface Options {
	since?: string;
	output?: string;
}

export interface Asked {
	readonly folder: string;
	/** The folder, where it was named: commands are told with it. */
	readonly output?: string | undefined;
	readonly version: string;
	readonly project: string | null;
	readonly since: string | null;
	/** Nothing is drawn once it has happened. */
	readonly interruption: Pick<Interruption, 'happened'>;
	/** What is about to be written there, in place of what is. */
	readonly verification?: Evidence;
	readonly designs?: DesignsEvidence;
}

/**
 * Draws the review of what is in the folder.
 *
 * @throws Interrupted, BadInput
 */
async function drawn(
	asked: Asked,
): Promise<{ readonly review: readonly Report[]; readonly input: ReviewInput }> {
	const turn = async (): Promise<void> => {
		await setImmediate();
		if (asked.interruption.happened) throw new Interrupted('no review is written');
	};
	const input = await gather(asked);
	await turn();
	// What draws the page is large: only those who want a review wait for it.
	const { drawReview } = await import('../reports/draw-review.ts');
	return { review: await drawReview(input, turn), input };
}

/**
 * Draws the review of evidence that is about to be written, then has both written together. What is wrong with other
 * evidence is no fault of this one: then there is no review, and it is said why.
 */
export async function writeReviewed(
	asked: Omit<Asked, 'project' | 'since'>,
	write: (review: readonly Report[]) => string[],
): Promise<{ readonly written: string[]; readonly reviewed: string }> {
	let review: readonly Report[] = [];
	let why = 'not written';
	let leftOut: string | null = null;
	try {
		const { review: own, input } = await drawn({ ...asked, project: null, since: null });
		review = own;
		leftOut = sayLeftOut(input);
		if (leftOut !== null)
			leftOut = ` (left out: ${leftOut} ${makesFor(input).simulation} makes it)`;
	} catch (error) {
		if (error instanceof BadInput) why = `not written: ${error.message}`;
		else if (error instanceof Interrupted) why = 'not written: interrupted';
		else {
			// A bug in the drawing takes no evidence away.
			write([]);
			throw error;
		}
	}
	const paths = write(review);
	const isReview = (path: string): boolean => review.some(([name]) => name === basename(path));
	return {
		written: paths.filter((path) => !isReview(path)),
		reviewed: printable(`${paths.filter(isReview).join('  ') || why}${leftOut ?? ''}`),
	};
}

export async function gather({
	folder,
	output,
	version,
	project,
	since,
	...fresh
}: Omit<Asked, 'interruption'>): Promise<ReviewInput> {
	const at = (name: string): string => join(folder, name);
	const makes = makesOf({ project, output });
	const run = (command: string): string => `run: ${command}`;
	const evidence =
		fresh.verification ?? given(readVerification(at('evidence.json'), run(makes.evidence)));
	const designs = fresh.designs ?? given(readDesigns(at('designs.json'), run(makes.designs)));
	const simulation = given(
		readSimulation(
			at('simulation.json'),
			run(makesOf({ project: project ?? evidence?.project?.file ?? null, output }).simulation),
		),
	);
	const about = evidence?.project?.file ?? null;
	const isAsked = about !== null && project !== null && normalize(about) === normalize(project);
	if (project !== null && !isAsked && !existsSync(projectFile(project)))
		throw new BadInput(
			`${project}: there is no such file${about === null ? '' : `, and the evidence is about ${about}`} (check its name, and the folder you are in)`,
		);
	if (project !== null && !isAsked)
		throw new BadInput(
			`${at('evidence.json')}: ${evidence === null ? 'is not there' : `is about ${about ?? 'no project'}`}, not about ${project} (run these, then review again)`,
			makes.evidence,
			makes.simulation,
		);
	return {
		evidence,
		designs,
		...costsOf(evidence, simulation),
		since: since === null ? null : { file: since, evidence: earlier(since) },
		told: designs === null ? [] : await narrateDesigns(designs, run(makes.designs)),
		record: recordedBugs(CORPUS),
		machines: graphsOfDesigns(),
		version,
		output: output ?? null,
	};
}

function given<Value>(read: Read<Value>): Value | null {
	if (read.kind === 'refused') throw new BadInput(...read.problems);
	return read.kind === 'read' ? read.value : null;
}

function earlier(file: string): Evidence {
	const remedy = 'give an evidence.json that verify wrote';
	const found = given(readVerification(file, remedy));
	if (found === null) throw new BadInput(`${file}: there is no such file (${remedy})`);
	if (found.interrupted || basename(file) === partial('evidence.json'))
		throw new BadInput(`${file}: that run was interrupted (${remedy} at its end)`);
	if (found.shard !== null)
		throw new BadInput(
			`${file}: this is part ${found.shard.index} of ${found.shard.of} (give what ${MULLIGAN} merge made of all parts)`,
		);
	return found;
}

/** Plays the stories of the designs again, each under its own design, and tells them for reading. */
async function narrateDesigns(
	{ designs }: DesignsEvidence,
	remedy: string,
): Promise<NarratedStory[]> {
	const systems = [model()];
	const stories = designs.flatMap(({ cells }) =>
		cells.map(({ token, guarantee }) => ({ token, systems, about: guarantee })),
	);
	try {
		const told = await narrateEach(stories, MAX_STORIES);
		warnOfUncheckable(stories.map(({ token }) => token));
		return told;
	} catch (error) {
		if (error instanceof TokenError)
			throw new BadInput(`designs.json: ${error.message} (${remedy})`);
		throw error;
	}
}
