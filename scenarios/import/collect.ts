import { realpathSync } from 'node:fs';
import type { Resolve } from '../yaml/inside.ts';
import { problemAt } from '../yaml/problem.ts';
import { readYaml } from '../yaml/read.ts';
import { readProject } from './read-project.ts';
import { type Warning, warningAt } from './warning.ts';
import type { Findings, WrittenFile, WrittenInclude } from './written.ts';

/** What one project may consist of. */
export const IMPORT_LIMITS = {
	files: 100,
	/** All files together, in bytes. */
	total_bytes: 32 * 1024 * 1024,
} as const;

/**
 * Reads a file and, with a resolver, whatever it includes, the including file first. A file that is
 * included twice or includes itself is refused, as it would define everything twice. What an included file includes is
 * not read, as the server does not (`mergeIncludes` in model/project_parser.go).
 */
export function collect(
	path: string,
	resolve: Resolve | undefined,
	findings: Findings,
): WrittenFile[] {
	const projects: WrittenFile[] = [];
	const seen = new Set<string>();
	let bytes = 0;

	const root = identityOf(path);
	/** What included files include. */
	const inner: { readonly include: WrittenInclude; readonly by: WrittenInclude }[] = [];
	const read = (file: string, by?: WrittenInclude): void => {
		const real = identityOf(file);
		if (by !== undefined && real === root) {
			refuse(by, `"${by.filename}" includes itself`, 'take one of the includes out');
			return;
		}
		if (seen.has(real)) {
			if (by !== undefined)
				refuse(by, `"${by.filename}" is included twice`, 'take one of the includes out');
			return;
		}
		if (by !== undefined && seen.size >= IMPORT_LIMITS.files) {
			refuse(by, `the project has more than ${IMPORT_LIMITS.files} files`, 'join some of them');
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
			for (const include of project.includes)
				if (by === undefined) follow(include, resolve);
				else inner.push({ include, by });
	};

	const follow = (include: WrittenInclude, find: Resolve): void => {
		const { filename, module, place } = include;
		if (module !== null) {
			findings.warnings.push(
				warningAt(
					'module-include',
					place,
					`"${filename}" is in the module "${module}" and is not read`,
					'what it defines is unknown here',
				),
			);
			return;
		}
		const named = find(filename);
		if (named.kind === 'found') read(named.path, include);
		else if (named.kind === 'outside')
			refuse(include, `"${filename}" is outside the project's folder`, 'move it into the project');
		else
			findings.warnings.push(
				warningAt(
					'missing-include',
					place,
					`"${filename}" does not exist`,
					"name it from the top of the project's repository",
				),
			);
	};

	const refuse = (include: WrittenInclude, message: string, remedy: string): void => {
		findings.errors.push(problemAt(include.place, message, remedy));
	};

	read(path);
	for (const { include, by } of inner) {
		const named = include.module === null ? resolve?.(include.filename) : undefined;
		// What the first file includes as well is read all the same.
		if (named?.kind !== 'found' || !seen.has(identityOf(named.path)))
			findings.warnings.push(nested(include, by));
	}
	return projects;
}

const nested = ({ filename, place }: WrittenInclude, by: WrittenInclude): Warning =>
	warningAt(
		'nested-include',
		place,
		`"${filename}" is not read: only the includes of the first file are, and "${by.filename}" is included itself`,
		'include it in the first file',
	);

/** The same file under two names is one file. */
function identityOf(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
