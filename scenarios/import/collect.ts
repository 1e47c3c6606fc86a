import { realpathSync } from 'node:fs';
import type { Resolve } from '../yaml/inside.ts';
import { problemAt } from '../yaml/problem.ts';
import { readYaml } from '../yaml/read.ts';
import { readProject } from './read-project.ts';
import type { Findings, WrittenFile, WrittenInclude } from './written.ts';

/** What one project may consist of. */
export const IMPORT_LIMITS = {
	files: 100,
	/** Includes of includes. */
	include_depth: 8,
	/** All files together, in bytes. */
	total_bytes: 32 * 1024 * 1024,
} as const;

/**
 * Reads a file and, with a resolver, whatever it includes, the including file first. A file that is
 * included twice is read once; one that includes itself, by whatever way, is refused.
 */
export function collect(
	path: string,
	resolve: Resolve | undefined,
	findings: Findings,
): WrittenFile[] {
	const projects: WrittenFile[] = [];
	const seen = new Set<string>();
	let bytes = 0;

	const read = (file: string, ancestors: readonly string[], by?: WrittenInclude): void => {
		const real = identityOf(file);
		if (by !== undefined && ancestors.includes(real)) {
			refuse(by, `"${by.filename}" includes itself`, 'take one of the includes out');
			return;
		}
		if (seen.has(real)) return;
		if (by !== undefined && seen.size >= IMPORT_LIMITS.files) {
			refuse(by, `the project has more than ${IMPORT_LIMITS.files} files`, 'join some of them');
			return;
		}
		if (by !== undefined && ancestors.length > IMPORT_LIMITS.include_depth) {
			refuse(
				by,
				`includes are nested more than ${IMPORT_LIMITS.include_depth} deep`,
				'include from the first file instead',
			);
			return;
		}
		seen.add(real);
		const yaml = readYaml(file);
		if (yaml.kind === 'refused') {
			// What is wrong with an included file as a whole is put right where it is named.
			for (const problem of yaml.problems)
				if (by !== undefined && problem.line === 0)
					refuse(by, `"${by.filename}": ${problem.message}`, problem.remedy);
				else findings.errors.push(problem);
			return;
		}
		bytes += yaml.file.bytes;
		if (by !== undefined && bytes > IMPORT_LIMITS.total_bytes) {
			refuse(
				by,
				`the files have more than ${IMPORT_LIMITS.total_bytes} bytes together`,
				'leave out what is generated',
			);
			return;
		}
		const project = readProject(yaml.file, findings);
		projects.push(project);
		if (resolve !== undefined)
			for (const include of project.includes) follow(include, resolve, [...ancestors, real]);
	};

	const follow = (include: WrittenInclude, find: Resolve, ancestors: readonly string[]): void => {
		const { filename, module, place } = include;
		if (module !== null) {
			findings.warnings.push(
				problemAt(
					place,
					`"${filename}" is in the module "${module}" and is not read`,
					'what it defines is unknown here',
				),
			);
			return;
		}
		const named = find(filename);
		if (named.kind === 'found') read(named.path, ancestors, include);
		else if (named.kind === 'outside')
			refuse(include, `"${filename}" is outside the project's folder`, 'move it into the project');
		else
			findings.warnings.push(
				problemAt(
					place,
					`"${filename}" does not exist`,
					"name it from the top of the project's repository",
				),
			);
	};

	const refuse = (include: WrittenInclude, message: string, remedy: string): void => {
		findings.errors.push(problemAt(include.place, message, remedy));
	};

	read(path, []);
	return projects;
}

/** The same file under two names is one file. */
function identityOf(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
