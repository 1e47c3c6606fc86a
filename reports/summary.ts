import type { Evidence } from './evidence/evidence.ts';
import { sayAllowed } from './judging/allowed.ts';
import { brokenPromises } from './judging/broken-promises.ts';
import { sayTried } from './judging/tried.ts';
import { checkSection, violationSection } from './markdown/checked.ts';
import { cell, replay, shell } from './markdown/text.ts';
import { NOTHING_COUNTS, sayCanary } from './wording/canary.ts';
import { verifyCommand } from './wording/commands.ts';
import { plural } from './wording/figures.ts';
import { sayTaken, takenOf } from './wording/transitions.ts';

/** Warnings of a project that are listed; the evidence holds all of them. */
const WARNINGS = 50;

/** The evidence as a page of Markdown, for a job summary or a pull request. */
export function summary(evidence: Evidence): string {
	const { guarantees, findings, canary, checks, machines, project, sources, bound } = evidence;
	const violations = brokenPromises(checks).flatMap(violationSection);
	const allowed = sayAllowed(evidence);
	const tried = project === null ? null : sayTried(project);
	return `${[
		`# mulligan verify${evidence.design === 'flag' ? '' : ` --design ${evidence.design}`}: ${evidence.verdict}`,
		'',
		...(evidence.reason === null ? [] : [cell(evidence.reason), '']),
		`${plural(evidence.stories, 'story')} with ${plural(evidence.events, 'event')} on ${evidence.systems.join(' and ')}, seed ${evidence.seed}, profile ${evidence.profile}, ${evidence.seconds.toFixed(1)} s. Again with:`,
		'',
		shell(verifyCommand(evidence)),
		...(allowed === null ? [] : ['', `Reasons of unknown ${allowed}.`]),
		'',
		`Bound: random stories of up to ${plural(bound.story_events, 'event')} with up to ${plural(bound.tasks, 'task')} on ${plural(bound.hosts, 'host')}; not exhaustive.`,
		...(project === null
			? []
			: [
					'',
					`Project: ${cell(project.file)}, ${plural(project.tasks, 'task')} in the file, ${project.flagged_tasks} of them with a flagged command, and ${plural(project.task_instances, 'task instance')}${project.warnings.length === 0 ? '' : `; ${plural(project.warnings.length, 'warning')} of its import`}.`,
					...(tried === null ? [] : ['', `Tried: ${tried}.`, '']),
					...project.warnings.slice(0, WARNINGS).map((warning) => `- ${cell(warning)}`),
					...(project.warnings.length > WARNINGS
						? [`- … and ${project.warnings.length - WARNINGS} more warnings in evidence.json`]
						: []),
				]),
		'',
		'| guarantee | | verdict | stories | exercised |',
		'|---|---|---|---:|---:|',
		...guarantees.map(
			({ id, name, verdict, reason, stories, exercised }) =>
				`| ${id} | ${name} | ${verdict}${reason === null ? '' : ` (${cell(reason)})`} | ${stories} | ${exercised} |`,
		),
		'',
		'| source | stories | verdict | |',
		'|---|---:|---|---|',
		...sources.map(
			({ name, stories, verdict, note }) =>
				`| ${cell(name)} | ${stories} | ${verdict} | ${cell(note ?? '')} |`,
		),
		'',
		...checkSection(checks),
		`Canary "${cell(canary.name)}" was ${sayCanary(canary, evidence.shard)}${canary.caught ? `: ${cell(canary.sentence ?? '')}` : evidence.shard === null ? `: ${NOTHING_COUNTS}.` : '.'}`,
		'',
		`Machines: ${sayTaken(takenOf(machines))}.`,
		...machines.flatMap(({ machine, missing }) =>
			missing.map((transition) => `- never taken: ${machine}: ${cell(transition)}`),
		),
		...(findings.length + violations.length === 0 ? [] : ['', '## Findings']),
		...findings.flatMap((finding) => [
			'',
			`**${finding.guarantee ?? finding.kind}** (${cell(finding.source)}, ${plural(finding.events, 'event')}): ${cell(finding.sentence)}`,
			'',
			replay(finding.token),
		]),
		...violations,
	].join('\n')}\n`;
}
