import { isFunctionCall, type Project, type Step } from '../../model/vocabulary/project.ts';

/**
 * The project with the named tasks only, and the functions that they and the blocks pre, timeout
 * and post call: what a story needs of it, so that its token stays short. Names that the project
 * does not have are passed over.
 */
export function slice(project: Project, taskNames: Iterable<string>): Project {
	const wanted = new Set(taskNames);
	const tasks = project.tasks.filter(({ name }) => wanted.has(name));
	const steps: Step[] = [
		...tasks.flatMap(({ commands }) => commands),
		...(project.pre ?? []),
		...(project.timeout ?? []),
		...(project.post ?? []),
	];
	const called = new Set(steps.flatMap((step) => (isFunctionCall(step) ? [step.func] : [])));
	const { functions, ...rest } = project;
	if (functions === undefined) return { ...rest, tasks };
	const reached = Object.entries(functions).filter(([name]) => called.has(name));
	return {
		...rest,
		tasks,
		...(reached.length === 0 ? {} : { functions: Object.fromEntries(reached) }),
	};
}
