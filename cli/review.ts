import { existsSync } from 'node:fs';
import { basename, join, normalize } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../model/vocabulary/printable.ts';
import { TokenError } from '../model/vocabulary/stories/story.ts';
import { model } from '../properties/systems/model.ts';
import { tellEach } from '../properties/telling/tell.ts';
import type { DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import type { Evidence } from '../reports/evidence/evidence.ts';
import { MAX_STORIES, type ToldStory } from '../reports/evidence/told-story.ts';
import { costsOf, sayLeftOut } from '../reports/review/costs-of.ts';
import { readDesigns, readSimulation, readVerification } from '../reports/review/evidence-files.ts';
import { headline } from '../reports/review/headline.ts';
import { makesFor, type ReviewInput } from '../reports/review/input.ts';
import type { Read } from '../reports/review/read.ts';
import { MULLIGAN, makesOf, reviewCommand, withOutput } from '../reports/wording/commands.ts';
import { OUT, REVIEW } from '../reports/write.ts';
import { partial } from '../reports/write-together.ts';
import { lastLine } from './ending-lines.ts';
import { BadInput, Interrupted } from './exit.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { onDisk } from './on-disk.ts';
import { insistOn } from './recognised.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { projectFile } from './shipped.ts';
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
			const folder = ReportFolder.take(options.output ?? tools.out ?? OUT, REVIEW);
			const interruption = new Interruption();
			try {
				const { written, input } = await review({
					folder: folder.path,
					output: options.output,
					version: program.version() ?? '',
					project: project ?? null,
					since: options.since ?? null,
					interruption,
				});
				const { verdict, sentence } = headline(input);
				const again = withOutput(reviewCommand({ project, since: options.since }), options.output);
				console.log(
					[
						`${verdict}: ${sentence}`,
						...missingLines(input),
						`review    ${written.join('  ')}`,
						lastLine({ verdict, reason: null }, again),
					].join('\n'),
				);
			} finally {
				interruption.over();
				folder.release();
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
	/** Where there is one, the review is not written once it has happened. */
	readonly interruption?: Interruption;
}

/**
 * Reads what is in the folder, and writes the review beside it.
 *
 * @throws Interrupted, BadInput
 */
export async function review(
	asked: Asked,
): Promise<{ readonly written: string[]; readonly input: ReviewInput }> {
	const input = await gather(asked);
	// What draws the page is large: only those who want a review wait for it.
	const isUnwanted = () => asked.interruption?.happened === true;
	const { writeReview } = await import('../reports/write-review.ts');
	const written = await writeReview(input, asked.folder, isUnwanted).catch((error: unknown) =>
		onDisk(asked.folder, { what: 'the review', remedy: 'run mulligan where you may write' }, () => {
			throw error;
		}),
	);
	if (written === null) throw new Interrupted('no review is written');
	return { written, input };
}

/**
 * Writes the review of evidence that was just written, and says where, or why there is none: what is wrong with other
 * evidence is no fault of this one.
 */
export async function reviewIn(
	asked: Pick<Asked, 'folder' | 'output' | 'version' | 'interruption'>,
): Promise<string> {
	try {
		const { written, input } = await review({ ...asked, project: null, since: null });
		const said = written.join('  ');
		const leftOut = sayLeftOut(input);
		return leftOut === null
			? said
			: printable(`${said} (left out: ${leftOut} ${makesFor(input).simulation} makes it)`);
	} catch (error) {
		if (error instanceof BadInput) return `not written: ${error.message}`;
		if (error instanceof Interrupted) return 'not written: interrupted';
		throw error;
	}
}

export async function gather({
	folder,
	output,
	version,
	project,
	since,
}: Asked): Promise<ReviewInput> {
	const at = (name: string): string => join(folder, name);
	const makes = makesOf({ project, output });
	const run = (command: string): string => `run: ${command}`;
	const evidence = given(readVerification(at('evidence.json'), run(makes.evidence)));
	const designs = given(readDesigns(at('designs.json'), run(makes.designs)));
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
		told: designs === null ? [] : await tellDesigns(designs, run(makes.designs)),
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
async function tellDesigns({ designs }: DesignsEvidence, remedy: string): Promise<ToldStory[]> {
	const systems = [model()];
	const stories = designs.flatMap(({ cells }) =>
		cells.map(({ token, guarantee }) => ({ token, systems, about: guarantee })),
	);
	try {
		const told = await tellEach(stories, MAX_STORIES);
		warnOfUncheckable(stories.map(({ token }) => token));
		return told;
	} catch (error) {
		if (error instanceof TokenError)
			throw new BadInput(`designs.json: ${error.message} (${remedy})`);
		throw error;
	}
}
