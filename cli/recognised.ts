import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { printable } from '../model/vocabulary/printable.ts';
import { isToken } from '../model/vocabulary/stories/story.ts';
import {
	replayCommand,
	replayFileCommand,
	reviewCommand,
	verifyFileCommand,
} from '../reports/wording/commands.ts';
import { BadInput } from './exit.ts';

/** What a file that mulligan reads or writes may be. */
export type Kind =
	| 'project'
	| 'scenario'
	| 'token'
	| 'evidence'
	| 'designs'
	| 'simulation'
	| 'check'
	| 'junit'
	| 'review';

/** So many bytes are looked at. */
const HEAD_BYTES = 65_536;
/** Longest token that is printed again. */
const TOKEN_SHOWN = 4000;

const EVIDENCE: Readonly<Record<string, Kind>> = {
	evidence: 'evidence',
	designs: 'designs',
	simulation: 'simulation',
	check: 'check',
};

/** Keys at the top of a scenario, none of which a project file has. */
const OF_SCENARIOS = ['mulligan', 'events', 'shows'];
/** Keys at the top of a project file. */
const OF_PROJECTS = [
	'tasks',
	'buildvariants',
	'functions',
	'task_groups',
	'include',
	'pre',
	'post',
	'timeout',
	'command_type',
	'modules',
];

/** What a file is by its beginning; null: it cannot be read, or it is none of these. Its name decides nothing. */
export function kindOfFile(path: string): Kind | null {
	const head = headOf(path);
	return head === null ? null : kindOfText(head);
}

/** What a text is, or the beginning of one; null where that is not certain. */
export function kindOfText(head: string): Kind | null {
	const text = head.replace(/^\u{feff}?\s*/u, '');
	if (/^v\d+\.\S+\s*$/.test(text)) return 'token';
	if (/^(<\?xml[^>]*>\s*)?<testsuites?\b/.test(text)) return 'junit';
	const [, format = ''] = /^\{\s*"format"\s*:\s*"mulligan (\w+)"/.exec(text) ?? [];
	if (Object.hasOwn(EVIDENCE, format)) return EVIDENCE[format] ?? null;
	const keys = topKeys(text);
	if (OF_SCENARIOS.some((key) => keys.has(key))) return 'scenario';
	if (OF_PROJECTS.some((key) => keys.has(key))) return 'project';
	return /^<!doctype html>|^# (Design review|mulligan verify: )/i.test(text) ? 'review' : null;
}

/** The keys of a mapping: lines that are not indented begin with them, or it is whole and JSON. */
function topKeys(text: string): ReadonlySet<string> {
	if (text.startsWith('{')) return new Set(keysOfJson(text));
	return new Set([...text.matchAll(/^["']?(\w+)["']?\s*:/gm)].map(([, key = '']) => key));
}

function keysOfJson(text: string): string[] {
	try {
		return Object.keys(JSON.parse(text));
	} catch {
		return [];
	}
}

function headOf(path: string): string | null {
	let file: number | undefined;
	try {
		// What is no file, such as a pipe, could make us wait.
		if (!statSync(path).isFile()) return null;
		file = openSync(path, 'r');
		const bytes = Buffer.alloc(HEAD_BYTES);
		return bytes.toString('utf8', 0, readSync(file, bytes, 0, HEAD_BYTES, 0));
	} catch {
		return null;
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

/** What each kind is called, and what can be done with it. */
const USES: Readonly<Record<Kind, (given: string) => readonly [what: string, use: string]>> = {
	project: (file) => ['a project file', `${verifyFileCommand(file)} puts it on trial`],
	scenario: (file) => ['a scenario', `${replayFileCommand(file)} plays it`],
	token: (given) => ['a replay token', `${playsToken(given)} plays it`],
	evidence: (file) => [
		'the evidence of a verification',
		`${replayFileCommand(file)} plays what was found, ${reviewCommand({ since: file })} says what changed since`,
	],
	designs: (file) => [
		'the evidence of a trial of the designs',
		`${replayFileCommand(file)} plays its stories`,
	],
	simulation: () => ['the evidence of a simulation', `${reviewCommand()} shows it`],
	check: (file) => ['the evidence of a check', `${replayFileCommand(file)} plays what was found`],
	junit: () => ['a JUnit report', 'mulligan reads the evidence.json beside it'],
	review: () => ['a report to read', 'open it; mulligan reads the evidence.json beside it'],
};

/** A token that is given itself is printed again, unless it is very long. */
function playsToken(given: string): string {
	if (!isToken(given)) return replayFileCommand(given);
	return replayCommand(given.length > TOKEN_SHOWN ? '<token>' : given);
}

/**
 * What was given, if it is recognised as something else than the command takes: a sentence with what it
 * is and what does take it. Null: it may be what the command takes; whoever reads it says what is wrong.
 */
export function mistaken(given: string, takes: readonly Kind[]): string | null {
	const kind = kindOfFile(given) ?? (isToken(given) ? 'token' : null);
	if (kind === null || takes.includes(kind)) return null;
	const [what, use] = USES[kind](given);
	const name = isToken(given) && given.length > 40 ? `${given.slice(0, 40)}…` : given;
	return printable(`${name}: this is ${what} (${use})`);
}

/** @throws BadInput when what was given is recognised as something else than the command takes. */
export function insistOn(given: string, ...takes: readonly Kind[]): void {
	const mistake = mistaken(given, takes);
	if (mistake !== null) throw new BadInput(mistake);
}
