import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { graphsOfDesigns } from '../properties/verification/graphs.ts';
import { exploreCommand, MULLIGAN, withOutput } from '../reports/wording/commands.ts';
import { OUT } from '../reports/write.ts';
import { writeTogether } from '../reports/write-together.ts';
import { EXIT } from './exit.ts';
import { explored } from './explored.ts';
import { below } from './help.ts';
import { outputOption, ReportFolder } from './report-folder.ts';

const PAGE = 'explore.html';

interface Options {
	readonly output?: string;
}

export function addExplore(program: Command): void {
	program
		.command('explore')
		.summary('write a page in which you choose what happens next')
		.description(
			'Writes explore.html, one page that needs nothing else: the model runs in it. It shows the story so far, how ' +
				'everything stands, and what can happen now, with what each event would do and which promise it would break. ' +
				'It opens with what is given: a scenario, a replay token, a configuration of check, or the tasks of a project file.',
		)
		.addHelpText(
			'after',
			below('explore', {
				examples: [
					`${MULLIGAN} explore`,
					`${MULLIGAN} explore merge-queue`,
					`${MULLIGAN} explore example`,
				],
			}),
		)
		.argument('[file|token|configuration|project.yml]', 'what to explore (default: small examples)')
		.addOption(outputOption())
		.action(async (given: string | undefined, { output }: Options) => {
			const { about, openings } = explored(given);
			const folder = ReportFolder.take(output ?? OUT, [PAGE]);
			try {
				// What draws the page is large: only those who want one wait for it.
				const { explorerPage } = await import('../reports/explorer/page.tsx');
				const text = await explorerPage({
					...{ about, openings, graphs: graphsOfDesigns() },
					version: program.version() ?? '',
				});
				folder.write(() => writeTogether(folder.path, [[PAGE, text]]));
				const file = join(folder.path, PAGE);
				const again = withOutput(exploreCommand(given), output);
				console.log(
					[
						`written: ${about}`,
						`page      ${file}`,
						`open      ${pathToFileURL(resolve(file)).href}`,
						`written; again with: ${again}`,
					].join('\n'),
				);
				process.exitCode = folder.exit(EXIT.holds);
			} finally {
				folder.release();
			}
		});
}
