import { printable } from '../model/vocabulary/printable.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Verdict } from './evidence/verdict.ts';
import { isLivedWith } from './judging/allowed.ts';
import { brokenPromises } from './judging/broken-promises.ts';
import { untoldWays } from './judging/tried.ts';
import { foundIn } from './review/broken.ts';
import { sayCanary } from './wording/canary.ts';
import { replayCommand } from './wording/commands.ts';
import { sayUnknown } from './wording/ending.ts';
import { sayChecked } from './wording/fate.ts';

/** No parser takes these, not even as entities. */
const NO_CHARACTERS = /[\u{FFFE}\u{FFFF}]/gu;

/** Text as XML: its lines stay; of what else would act, or turn the direction, the code is written, as everywhere. */
const text = (raw: string): string =>
	raw
		.split('\n')
		.map(printable)
		.join('\n')
		.replaceAll(NO_CHARACTERS, '\u{FFFD}')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');

/** Warnings of a project that are listed; the evidence holds all of them. */
const WARNINGS = 100;

/** One thing that was put to the test. */
export interface Case {
	readonly name: string;
	readonly verdict: Verdict;
	/** Why it is no pass. */
	readonly message: string;
	/** The line that replays what was found. */
	readonly replay?: string;
	readonly classname?: string;
	/** The file that it is written in. */
	readonly file?: string;
}

/**
 * The evidence as JUnit XML: one test case a guarantee, a source and a configuration of the checker; unknown is an
 * error, not a pass, but skipped where the run passes all the same, as its reasons are allowed or it is a part. Each warning of the import is a case that passes and has the warning for a name, as of what
 * passes readers show the name and little else; why a case did not pass is its text too, as some read no attribute.
 */
export const junit = (evidence: Evidence): string =>
	junitOf('mulligan verify', casesOf(evidence), {
		seconds: evidence.seconds,
		isLivedWith: isLivedWith(evidence),
	});

/** Cases as JUnit XML. What is unknown is an error, but skipped where it is lived with. */
export function junitOf(
	suite: string,
	cases: readonly Case[],
	{ seconds, isLivedWith }: { readonly seconds: number; readonly isLivedWith: boolean },
): string {
	const failures = cases.filter(({ verdict }) => verdict === 'violated').length;
	const unknown = cases.filter(({ verdict }) => verdict === 'unknown').length;
	const [errors, skipped] = isLivedWith ? [0, unknown] : [unknown, 0];
	const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds.toFixed(3)}"`;
	return `${[
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites ${counts}>`,
		`  <testsuite name="${suite}" ${counts}>`,
		...cases.map(({ name, verdict, message, replay, classname = 'mulligan', file }) => {
			const at = file === undefined ? '' : ` file="${text(file)}"`;
			const open = `    <testcase classname="${classname}" name="${text(name)}"${at}`;
			if (verdict === 'holds') return `${open}/>`;
			const tag = verdict === 'violated' ? 'failure' : errors > 0 ? 'error' : 'skipped';
			const said = text([message, ...(replay === undefined ? [] : [replay])].join('\n'));
			return `${open}><${tag} message="${text(message)}">${said}</${tag}></testcase>`;
		}),
		'  </testsuite>',
		'</testsuites>',
	].join('\n')}\n`;
}

function casesOf(evidence: Evidence): Case[] {
	const { guarantees, sources, checks, canary, project, shard } = evidence;
	const found = foundIn(evidence);
	const promises = brokenPromises(checks);
	return [
		...guarantees.map(({ id, name, verdict, reason }): Case => {
			const known = { name: `${id} ${name}`, verdict };
			const one = found.find(({ guarantee }) => guarantee === id);
			if (verdict !== 'violated' || one === undefined) {
				const why = verdict === 'violated' ? 'the evidence holds no story of it' : '';
				return { ...known, message: reason ?? why };
			}
			return { ...known, ...shownBy(one, sayIn(one)) };
		}),
		...sources.map(({ name, verdict, note, stories }): Case => {
			const one = found.find(({ where }) => where === name || where.startsWith(`${name}: `));
			if (verdict === 'violated' && one !== undefined)
				return { name, verdict, ...shownBy(one, sayIn({ ...one, where: note ?? one.where })) };
			return {
				name,
				verdict,
				message: note ?? (stories === 0 ? 'no story was told' : 'the evidence does not say why'),
			};
		}),
		...checks.map((check): Case => {
			const known = { name: `check: ${check.configuration}`, verdict: check.verdict };
			const told = check.violations.map(({ guarantee, name }) => {
				const promise = promises.find((one) => one.guarantee === guarantee);
				return promise?.configurations[0] === check.configuration
					? `${guarantee} ${name}: ${sayIn({ ...promise, where: sayChecked(promise.configurations) })}`
					: `${guarantee} ${name}: as in ${promise?.configurations[0]}`;
			});
			const [first] = check.violations;
			return first === undefined
				? { ...known, message: sayUnknown(check) }
				: { ...known, ...shownBy(first, told.join('; ')) };
		}),
		{
			name: `canary: ${canary.name}`,
			verdict: canary.caught ? 'holds' : 'unknown',
			message: `a broken reference was ${sayCanary(canary, shard)}`,
		},
		...flagsOf(evidence),
		...warningsOf(project),
	];
}

const shownBy = (
	{ token, on }: { readonly token: string | null; readonly on?: string | undefined },
	message: string,
): Pick<Case, 'message' | 'replay'> => ({
	message,
	...(token === null ? {} : { replay: replayCommand(token, on) }),
});

const sayIn = ({
	sentence,
	where,
}: {
	readonly sentence: string;
	readonly where: string;
}): string => `${sentence} (${where})`;

/** Each flagged command that runs: whether it was tried in each way. */
const flagsOf = ({ project, shard }: Evidence): Case[] =>
	(project?.trial?.flags ?? [])
		.filter(({ runs }) => runs.length > 0)
		.map((flag): Case => {
			const untold = untoldWays(flag);
			return {
				name: `flagged command ${flag.at}`,
				verdict: untold.length === 0 || shard !== null ? 'holds' : 'unknown',
				message: `not tried: ${untold.join('; ')}`,
				classname: 'mulligan.flags',
			};
		});

function warningsOf(project: Evidence['project']): Case[] {
	const warnings = project?.warnings ?? [];
	const more = warnings.length - WARNINGS;
	return [
		...warnings.slice(0, WARNINGS).map((warning) => `warning: ${warning}`),
		...(more > 0 ? [`… and ${more} more warnings in evidence.json`] : []),
	].map((name) => ({ name, verdict: 'holds', message: '', classname: 'mulligan.import' }));
}
