import { readFileSync, statSync } from 'node:fs';
import { YAML_LIMITS } from './limits.ts';
import { parseYaml, tooLarge, type YamlRead } from './parse.ts';
import { type Place, type Problem, problemAt, wholeFile } from './problem.ts';

export { dataOf, parseYaml, type YamlFile, type YamlRead } from './parse.ts';

const refused = (...problems: Problem[]): YamlRead => ({ kind: 'refused', problems });

/** Reads a file; its size is looked at first. `name` is how problems call it, by default its path. */
export function readYaml(path: string, name = path): YamlRead {
	const top = wholeFile(name);
	let bytes: Buffer;
	try {
		const stat = statSync(path);
		if (!stat.isFile()) return refused(problemAt(top, 'this is not a file', 'name a YAML file'));
		if (stat.size > YAML_LIMITS.file_bytes) return refused(tooLarge(top, stat.size));
		bytes = readFileSync(path);
	} catch (error) {
		return refused(unreadable(top, error));
	}
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return refused(problemAt(top, 'the file is not UTF-8 text', 'save it as UTF-8'));
	}
	return parseYaml(text, name);
}

const unreadable = (top: Place, error: unknown): Problem =>
	error instanceof Error && 'code' in error && error.code === 'ENOENT'
		? problemAt(top, 'there is no such file', 'check its name, and the folder you are in')
		: problemAt(top, 'the file cannot be read', 'check that it may be read');
