import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAlias, isScalar, isSeq, visit } from 'yaml';
import { type Counts, count } from '../testing/counts.ts';
import type { Resolve } from '../yaml/inside.ts';
import { readYaml } from '../yaml/read.ts';
import { importProject } from './import.ts';

/** A folder of real project files, with an index that says what is in each. */
const CORPUS = process.env['MULLIGAN_CORPUS'];
const index = CORPUS === undefined ? '' : readFileSync(join(CORPUS, 'INDEX.md'), 'utf8');
const skip = CORPUS === undefined ? ' (skipped: MULLIGAN_CORPUS names no folder)' : '';

/** What the index says of a file, its columns joined again from what is counted. */
const summary = (counts: Counts): string => {
	const { groups, blocks } = counts;
	const size = (commands: number | null): string => String(commands ?? '-');
	return [
		`T ${counts.tasks}, F ${counts.functions} (m ${counts.bare_functions})`,
		`FC ${counts.function_commands}, **flag ${counts.flagged_commands}**`,
		`fcall ${counts.flagged_calls}, main ${counts.main_commands}`,
		`**pairs ${counts.flagged_main_commands}** in ${counts.flagged_tasks} tasks`,
		`TG ${groups.one + groups.unset + groups.other} (1: ${groups.one}, u: ${groups.unset}, other: ${groups.other})`,
		`BV ${counts.variants}, MX ${counts.matrices}`,
		`pre ${size(blocks.pre)}, post ${size(blocks.post)}, timeout ${size(blocks.timeout)}`,
		`undef ${counts.undefined_functions}, include entries ${counts.includes}`,
	].join(', ');
};

const switchesOf = (counts: Counts): string[] =>
	Object.entries(counts.switches)
		.map(([name, times]) => (times === 1 ? name : `${name}×${times}`))
		.sort();

function yamlSummary(path: string): string {
	const read = readYaml(path);
	if (read.kind === 'refused') return 'refused';
	let anchors = 0;
	let aliases = 0;
	let merges = 0;
	let lists = 0;
	visit(read.file.document, {
		Node(_key, node) {
			if (isAlias(node)) aliases += 1;
			else if (node.anchor !== undefined) anchors += 1;
		},
		Pair(_key, { key, value }) {
			if (!isScalar(key) || typeof key.value !== 'symbol') return;
			merges += 1;
			if (isSeq(value)) lists += 1;
		},
	});
	return `${anchors} anchors, ${aliases} aliases, ${merges} merge keys (${lists} with a list of aliases)`;
}

describe.skipIf(CORPUS === undefined)(`real project files${skip}`, () => {
	const folder = CORPUS ?? '';
	const sections = [...index.matchAll(/^### (\S+\.yml)\n([\s\S]*?)(?=^#|(?![\s\S]))/gm)].map(
		([, name = '', text = '']) => ({ name, text }),
	);
	const paths = new Map(
		sections.map(({ name, text }) => [name, /path `([^`]+)`/.exec(text)?.[1] ?? '']),
	);

	test('the index describes all 22 files', () => {
		expect(sections.map(({ name }) => existsSync(join(folder, name)))).toEqual(
			Array(22).fill(true),
		);
	});

	test.each(sections)('$name by itself is counted as the index says', ({ name, text }) => {
		const imported = importProject(join(folder, name), { includes: 'none' });
		if (imported.kind === 'refused') throw new Error(JSON.stringify(imported.problems));
		expect(summary(count(imported.read.whole))).toBe(/^- (T \d+.*)$/m.exec(text)?.[1]);
		const switches = /^- switches: (.*)$/m.exec(text)?.[1] ?? '';
		expect(switchesOf(count(imported.read.whole))).toEqual(
			switches === 'none' ? [] : switches.split(', ').sort(),
		);
		expect(yamlSummary(join(folder, name))).toBe(/^- YAML: (.*)$/m.exec(text)?.[1]);
	});

	/** The files lie flat in one folder: `<owner>__<repository>__<name>.yml`. */
	const flat = (root: string): Resolve => {
		const prefix = root.slice(0, root.lastIndexOf('__'));
		return (filename) => {
			const path = join(folder, `${prefix}__${basename(filename)}`);
			return existsSync(path) ? { kind: 'found', path } : { kind: 'missing' };
		};
	};

	const rows = [...index.matchAll(/^\| (\S+) (\S+\.yml) \| \d+ \(.*$/gm)].map(
		([row = '', repository = '', path = '']) => ({
			row,
			name:
				[...paths].find(
					([name, its]) => its === path && name.startsWith(repository.replace('/', '__')),
				)?.[0] ?? '',
		}),
	);

	test('the index describes both merged projects', () => expect(rows).toHaveLength(2));

	test.each(rows)('$name with what it includes is counted as the index says', ({ row, name }) => {
		const imported = importProject(join(folder, name), { includes: flat(name) });
		if (imported.kind === 'refused') throw new Error(JSON.stringify(imported.problems));
		const counts = count(imported.read.whole);
		const { groups } = counts;
		expect([
			counts.tasks,
			counts.functions,
			counts.flagged_commands,
			counts.flagged_calls,
			counts.main_commands,
			counts.flagged_main_commands,
			counts.flagged_tasks,
			groups.one + groups.unset + groups.other,
			counts.undefined_functions,
		]).toEqual(row.split('|').slice(3, -1).map(Number));
	});

	test('a root whose included file is not there says so, and is imported', () => {
		const root = 'mongodb__mongo-cxx-driver__config.yml';
		const imported = importProject(join(folder, root), { includes: flat(root) });
		expect(imported.kind).toBe('imported');
		expect(imported.warnings.map(({ message }) => message)).toContain(
			'".evergreen/generated_configs/tasks.yml" does not exist',
		);
	});
});
