import type { Evidence } from './evidence/evidence.ts';
import { sayAllowed } from './judging/allowed.ts';
import { brokenPromises } from './judging/broken-promises.ts';
import { sayTried } from './judging/tried.ts';
import { checkSection, violationSection } from './markdown/checked.ts';
import { cell, shell } from './markdown/text.ts';
import { fateOf } from './wording/canary.ts';
import { replayCommand, verifyCommand } from './wording/commands.ts';
import { plural } from './wording/figures.ts';

/** Warnings of a project that are listed; the evidence holds all of them. */
const WARNINGS = 50;

/** The evidence as a page of Markdown, for a job summary or a pull request. */
export function summary(evidence: Evidence): string {
	const { guarantees, findings, canary, checks, machines, project, sources, bound } = evidence;
	const taken = machines.reduce((sum, machine) => sum + machine.taken, 0);
	const transitions = machines.reduce((sum, machine) => sum + machine.transitions, 0);
	const violations = brokenPromises(checks).flatMap(violationSection);
	const fate = fateOf(canary);
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
		fate === 'caught'
			? `Canary "${cell(canary.name)}" was caught after ${plural(canary.stories, 'story')}: ${cell(canary.sentence ?? '')}`
			: evidence.shard !== null
				? `Canary "${cell(canary.name)}" was not caught in the ${plural(canary.stories, 'story')} of this part.`
				: fate === 'missed'
					? `Canary "${cell(canary.name)}" was NOT caught in ${plural(canary.stories, 'story')}: nothing above counts.`
					: `Canary "${cell(canary.name)}" was not released: nothing above counts.`,
		'',
		`Transitions of the machines taken: ${taken} of ${transitions}.`,
		...machines.flatMap(({ machine, missing }) =>
			missing.map((transition) => `- never taken: ${machine}: ${cell(transition)}`),
		),
		...(findings.length + violations.length === 0 ? [] : ['', '## Findings']),
		...findings.flatMap((finding) => [
			'',
			`**${finding.guarantee ?? finding.kind}** (${cell(finding.source)}, ${plural(finding.events, 'event')}): ${cell(finding.sentence)}`,
			'',
			...(finding.token === null
				? ['The story is too large for a token.']
				: ['```', replayCommand(finding.token), '```']),
		]),
		...violations,
	].join('\n')}\n`;
}
