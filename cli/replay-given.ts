import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { isToken } from '../model/vocabulary/stories/story.ts';
import { type Kind, kindOfFile } from './recognised.ts';
import { scenarioFile } from './shipped.ts';

/** What is to be played of what was given. */
export interface Gathered {
	/** Files and tokens, each once, in the order in which they were given; those of a folder by name. */
	readonly items: readonly string[];
	/** What there is nothing to play of, and what to give instead. */
	readonly problems: readonly string[];
	/** How many files were found that hold no story. */
	readonly passedOver: number;
}

/** What is played of a folder. */
const FILES = '**/*.{yml,yaml,token}';
const PLAYED: readonly (Kind | null)[] = ['scenario', 'token'];
const NEVER = ['**/node_modules/**'];

/** Whether it is one thing by itself, and not what may be many. */
export const isOne = ([first = '', ...others]: readonly string[]): boolean =>
	others.length === 0 && (existsSync(scenarioFile(first)) ? !isFolder(first) : !isPattern(first));

/** A token is too long to be asked for as a file. */
const isFolder = (given: string): boolean => existsSync(given) && statSync(given).isDirectory();

/** No token has a character that means anything in a pattern. */
const isPattern = (given: string): boolean => !isToken(given) && isDynamicPattern(given);

/** Looks up files, folders, patterns and tokens. */
export function gather(given: readonly string[]): Gathered {
	const items = new Set<string>();
	const problems: string[] = [];
	let passedOver = 0;
	const add = (found: readonly string[], keep: (file: string) => boolean, none: string): void => {
		const kept = found.filter(keep);
		for (const file of kept) items.add(file);
		passedOver += found.length - kept.length;
		if (kept.length === 0) problems.push(none);
	};
	for (const one of given) {
		const file = scenarioFile(one);
		if (isFolder(one))
			add(
				matching(FILES, one),
				(found) => PLAYED.includes(kindOfFile(found)) || !isReadable(found),
				`${one}: no scenario is in this folder (give one that holds .yml files with scenarios)`,
			);
		else if (existsSync(file) || !isPattern(one)) items.add(file);
		else
			add(
				matching(one),
				(found) => [...PLAYED, null].includes(kindOfFile(found)),
				`${one}: no scenario matches this pattern (check the folder that you are in)`,
			);
	}
	return { items: [...items], problems, passedOver };
}

/** As they are given: relative to the folder that the user is in, or absolute. */
const matching = (pattern: string, folder = ''): string[] =>
	globSync(pattern, {
		...(folder === '' ? { absolute: isAbsolute(pattern) } : { cwd: folder }),
		ignore: NEVER,
		expandDirectories: false,
	})
		.sort()
		.map((found) => join(folder, found));

/** Of what cannot be read nobody knows that it holds no story. */
function isReadable(file: string): boolean {
	try {
		accessSync(file, constants.R_OK);
		return true;
	} catch {
		return false;
	}
}
