import { printable } from '../model/vocabulary/printable.ts';
import type { Story } from '../model/vocabulary/stories/story.ts';
import { sayFinding } from '../properties/trial/say-finding.ts';
import type { Finding, Step, TrialResult } from '../properties/trial/trial.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { sayChanges } from '../reports/wording/changes.ts';
import { sayEvent } from '../reports/wording/event.ts';
import { listed, plural } from '../reports/wording/figures.ts';
import { lastLine } from './ending-lines.ts';

/** A story that was played, and what came of it. */
export interface Played {
	/** What it is called, and below that what it is about. */
	title: string;
	verdict: Verdict;
	result: TrialResult;
	mismatches: readonly string[];
	steps: readonly Step[];
	story: Story;
}

/** What is printed beside the stories. */
export interface Around {
	/** Names of the systems. */
	readonly on: readonly string[];
	/** What all stories come to. */
	readonly verdict: Verdict;
	/** The command that does it again. */
	readonly again: string;
}

/** Stories that were played, as they are printed: the answer, each event, and the answer again. */
export function replayLines(played: readonly Played[], { on, verdict, again }: Around): string[] {
	const lines = played.flatMap((one) => [...storyLines(one, on), '']);
	const same = played.filter((one) => one.verdict === verdict).length;
	const whole = `${verdict}: ${same} of ${plural(played.length, 'story')}, on ${listed(on)}`;
	return [
		...(played.length === 1 ? [] : [whole, '']),
		...lines,
		lastLine({ verdict, reason: null }, again),
	];
}

function storyLines(played: Played, on: readonly string[]): string[] {
	const { title, verdict, result, mismatches, steps, story } = played;
	const [name = '', ...about] = title.split('\n').map(printable);
	const lines = [`${verdict}: ${name.replace(/\.$/, '')}, on ${listed(on)}`, ...about, ''];
	const { finding, broken } = result;
	const findings = finding === null || finding.kind === 'violated' ? broken : [...broken, finding];
	let resting = false;
	for (const { index, event, part, before, seen } of steps) {
		const [after] = seen;
		if (after === undefined) continue;
		if (part === 'rest' && !resting) {
			resting = true;
			lines.push('', 'coming to rest:');
		}
		lines.push(`${String(index + 1).padStart(4)}  ${sayEvent(event)}`);
		for (const change of sayChanges(story.setup, before, after)) lines.push(`        ${change}`);
		for (const found of findings) if (found.index === index) lines.push(`   ✗  ${sayFound(found)}`);
	}
	for (const found of findings)
		if (!steps.some(({ index }) => index === found.index)) lines.push(`   ✗  ${sayFound(found)}`);
	for (const mismatch of mismatches) lines.push(`   ✗  ${mismatch}`);
	const skipped = story.events.length - steps.filter(({ part }) => part === 'story').length;
	if (story.events.length === 0) lines.push('the story has no events, so it says nothing');
	if (skipped > 0 && finding === null)
		lines.push(
			'',
			`${skipped} of ${plural(story.events.length, 'event')} ${skipped === 1 ? 'was' : 'were'} not possible, and skipped`,
		);
	return lines;
}

function sayFound(finding: Finding): string {
	const what = finding.kind === 'violated' ? `${finding.guarantee} on ${finding.system}: ` : '';
	return `${what}${sayFinding(finding)}`;
}
