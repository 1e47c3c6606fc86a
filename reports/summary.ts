import type { Evidence } from './evidence/evidence.ts';
import { sayTried } from './judging/tried.ts';
import { ofDesign, opening } from './markdown/opening.ts';
import { block } from './markdown/section.ts';
import { findings } from './markdown/stories.ts';
import { plain } from './markdown/text.ts';
import { foundIn } from './review/broken.ts';
import { coverageOf } from './review/coverage.ts';
import { verifyCommand } from './wording/commands.ts';
import { plural } from './wording/figures.ts';
import { neverTaken, sayTaken, takenOf } from './wording/transitions.ts';

/** The evidence as a page of Markdown, for a job summary or a pull request. */
export function summary(evidence: Evidence): string {
	const { machines, project, bound } = evidence;
	const tried = project === null ? null : sayTried(project);
	return `${[
		...opening(
			{
				command: `verify${ofDesign(evidence)}`,
				reason: evidence.reason,
				much: `${plural(evidence.stories, 'story')} with ${plural(evidence.events, 'event')} on ${evidence.systems.join(' and ')}, seed ${evidence.seed}, profile ${evidence.profile}, ${evidence.seconds.toFixed(1)} s.`,
				again: verifyCommand(evidence),
			},
			evidence,
		),
		`Bound: random stories of up to ${plural(bound.story_events, 'event')} with up to ${plural(bound.tasks, 'task')} on ${plural(bound.hosts, 'host')}; not exhaustive.`,
		...(project === null
			? []
			: [
					'',
					`Project: ${plain(project.file)}, ${plural(project.tasks, 'task')} in the file, ${project.flagged_tasks} of them with a flagged command, and ${plural(project.task_instances, 'task instance')}.`,
					...(tried === null ? [] : ['', `Tried: ${plain(tried)}.`]),
				]),
		'',
		...coverageOf(evidence).flatMap(block),
		`Machines: ${sayTaken(takenOf(machines))}.`,
		...neverTaken(machines).map((line) => `- ${plain(line)}`),
		...findings(foundIn(evidence)),
	].join('\n')}\n`;
}
