import type { Outcome } from '../model/vocabulary/message.ts';
import type { Observation } from '../model/vocabulary/observation.ts';
import { printable } from '../model/vocabulary/printable.ts';
import type { Setup } from '../model/vocabulary/setup.ts';
import type { Mismatch } from '../properties/trial/run-scenario.ts';
import { sayFinding } from '../properties/trial/say-finding.ts';
import type { Finding, Step } from '../properties/trial/trial.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { sayChanges } from '../reports/wording/changes.ts';
import { sayEvent } from '../reports/wording/event.ts';
import { listed, plural } from '../reports/wording/figures.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { lastLine, SHOW } from './ending-lines.ts';
import type { Played } from './replay-play.ts';

/** How a story is told. */
export interface Telling {
	/** Names of the systems. */
	readonly on: readonly string[];
	/** With every call and its answer. */
	readonly verbose: boolean;
	/** Where the story is, where several are told. */
	readonly file?: string;
}

/** What is printed beside the stories. */
export interface Around extends Telling {
	/** What all stories come to. */
	readonly verdict: Verdict;
	/** The command that does it again. */
	readonly again: string;
}

/** Stories that were played, as they are printed: the answer, each event, and the answer again. */
export function replayLines(
	played: readonly Played[],
	{ verdict, again, ...telling }: Around,
): string[] {
	const lines = played.flatMap((one) => [...storyLines(one, telling), '']);
	const same = played.filter((one) => one.verdict === verdict).length;
	const whole = `${verdict}: ${same} of ${plural(played.length, 'story')}, on ${listed(telling.on)}`;
	return [
		...(played.length === 1 ? [] : [whole, '']),
		...lines,
		lastLine({ verdict, reason: null }, again),
	];
}

/** The answer, what the story is about, and what to know of its project. */
export function headOf({ title, verdict, warnings }: Played, { on, file }: Telling): string[] {
	const [name = '', ...about] = title.split('\n').map(printable);
	const where = file === undefined ? '' : `${printable(file)}: `;
	return [
		`${verdict}: ${where}${name.replace(/\.$/, '')}, on ${listed(on)}`,
		...about,
		...warnings.map((warning) => `warning: ${describe(warning)}`),
	];
}

/** A story as it is told whole. */
export function storyLines(played: Played, telling: Telling): string[] {
	const { result, mismatches, steps, story, scenario } = played;
	const { verbose } = telling;
	const { finding, broken } = result;
	const findings = finding === null || finding.kind === 'violated' ? broken : [...broken, finding];
	const lines = [...headOf(played, telling), '', ...marks(mismatches, 0)];
	let hidden = 0;
	let resting = false;
	for (const step of steps) {
		const { index, event, part } = step;
		const found = [
			...findings.filter((one) => one.index === index).map((one) => `   ✗  ${sayFound(one)}`),
			...marks(mismatches, index + 1),
		];
		const changes = changesOf(story.setup, step, verbose);
		// What stands in a story beside deliveries stands there for a reason.
		const isQuiet = !verbose && event.kind === 'message-delivered' && changes.length === 0;
		if (isQuiet && found.length === 0) {
			hidden++;
			continue;
		}
		if (part === 'rest' && !resting) {
			resting = true;
			lines.push('', 'coming to rest:');
		}
		lines.push(`${String(index + 1).padStart(4)}  ${sayEvent(event)}`);
		for (const change of changes) lines.push(`        ${change}`);
		lines.push(...found);
	}
	for (const one of findings)
		if (!steps.some(({ index }) => index === one.index)) lines.push(`   ✗  ${sayFound(one)}`);
	lines.push(...marks(mismatches, null));
	const told = steps.filter(({ part }) => part === 'story').length;
	const skipped = story.events.length - told;
	if (story.events.length === 0) lines.push('the story has no events, so it says nothing');
	if (skipped > 0 && finding === null)
		lines.push(
			'',
			scenario === null
				? `${skipped} of ${plural(story.events.length, 'event')} ${skipped === 1 ? 'was' : 'were'} not possible, and skipped`
				: `${skipped} of ${plural(story.events.length, 'event')} did not happen`,
		);
	if (hidden > 0)
		lines.push(
			'',
			`${plural(hidden, 'delivery')} that only led to the next ${hidden === 1 ? 'is' : 'are'} not shown; ${SHOW} shows all`,
		);
	return lines;
}

/** What an event changed; quietly without the calls of agents, and their answers where they are as asked. */
function changesOf(setup: Setup, { before, seen }: Step, verbose: boolean): string[] {
	const [after] = seen;
	if (after === undefined) return [];
	return sayChanges(setup, before, verbose ? after : quiet(before, after));
}

/** Answers that say no more than what has come of them. */
const USUAL: readonly Outcome[] = ['task', 'nothing', 'ok', 'granted'];

/** As seen by who looks past calls that go as they should. */
const quiet = (before: Observation, after: Observation): Observation => ({
	...after,
	answer: after.answer !== null && USUAL.includes(after.answer.outcome) ? null : after.answer,
	messages: before.messages,
	hosts: after.hosts.map((host, place) =>
		host.doing.kind === 'calling' && host.doing.sent === 1
			? { ...host, doing: before.hosts[place]?.doing ?? host.doing }
			: host,
	),
});

/** What went otherwise once so many events had happened, each at its line. */
export const marks = (mismatches: readonly Mismatch[], after: number | null): string[] =>
	mismatches
		.filter((one) => one.after === after)
		.flatMap(({ file, line, column, message, remedy, unmet }) => {
			const [said, ...below] =
				unmet === undefined
					? [message, remedy]
					: [unmet.label, `expected  ${unmet.expected}`, `was       ${unmet.was}`];
			return [
				`   ✗  ${printable(`${file}:${line}:${column}: ${said}`)}`,
				...below.map((text) => `        ${printable(text)}`),
			];
		});

/** What broke, and on what. */
export function sayFound(finding: Finding): string {
	const what = finding.kind === 'violated' ? `${finding.guarantee} on ${finding.system}: ` : '';
	return `${what}${sayFinding(finding)}`;
}
