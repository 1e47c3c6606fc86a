import { AwaitedStatus, type Dependency, waitFor } from '../../model/vocabulary/dependency.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import type { TaskInstance } from '../../model/vocabulary/setup.ts';
import { isSelector, Selection } from './selector.ts';
import { nothing, type VariantRuns } from './variants.ts';
import { undefinedAt, warningAt } from './warning.ts';
import type { Findings, Reference, WrittenDependency, WrittenProject } from './written.ts';

/** Looks up what the tasks of a version wait for. What cannot be found there is told. */
export class Dependencies {
	readonly #tasks: Selection<WrittenProject['tasks'][number]>;
	readonly #groups: Selection<WrittenProject['groups'][number]>;
	readonly #variants: Selection<VariantRuns>;
	readonly #members: ReadonlyMap<string, readonly string[]>;
	readonly #named: ReadonlyMap<string, WrittenProject['tasks'][number]>;
	readonly #runs: ReadonlyMap<string, VariantRuns>;
	readonly #instances = new Map<string, TaskInstance[]>();
	readonly #findings: Findings;

	constructor(
		written: WrittenProject,
		project: Project,
		instances: readonly TaskInstance[],
		variants: readonly VariantRuns[],
		findings: Findings,
	) {
		this.#tasks = new Selection(written.tasks);
		this.#groups = new Selection(written.groups);
		this.#variants = new Selection(variants);
		this.#members = new Map(project.task_groups?.map(({ name, tasks }) => [name, tasks]));
		this.#named = new Map(written.tasks.map((task) => [task.name, task]));
		this.#runs = new Map(variants.map((variant) => [variant.name, variant]));
		this.#findings = findings;
		for (const instance of instances) {
			const there = this.#instances.get(instance.task);
			if (there === undefined) this.#instances.set(instance.task, [instance]);
			else there.push(instance);
		}
	}

	/** What is said of a task: by its entry on the variant, else by the variant, else by the task itself. */
	written({ task, variant }: TaskInstance): readonly WrittenDependency[] {
		const on = this.#runs.get(variant);
		const entry = on?.runs.get(task)?.entry.depends_on ?? [];
		if (entry.length > 0) return entry;
		if (on !== undefined && on.depends_on.length > 0) return on.depends_on;
		return this.#named.get(task)?.depends_on ?? [];
	}

	/** What a task waits for, each once. */
	resolve(task: TaskInstance, dependencies: readonly WrittenDependency[]): Dependency[] {
		const found = dependencies.flatMap((dependency) => this.#one(task, dependency));
		return [...new Map(found.map((wait) => [JSON.stringify(wait), wait])).values()];
	}

	#one(task: TaskInstance, dependency: WrittenDependency): Dependency[] {
		const { name, place } = dependency;
		// An empty one is none, as on the server.
		const status = AwaitedStatus.safeParse(dependency.status || 'success');
		if (!status.success) {
			this.#findings.warnings.push(
				warningAt(
					'dependency-status',
					place,
					`the wait for "${name}" is passed over: no task ends with the status "${dependency.status}"`,
					'write success, failed, or "*" for any end',
				),
			);
			return [];
		}
		if (dependency.byAxes) {
			this.#findings.warnings.push(
				warningAt(
					'unmet-dependency',
					place,
					`the wait for "${name}" is passed over: that its variants are chosen by axes is not followed here`,
					'nothing need be done',
					'note',
				),
			);
			return [];
		}
		const names = this.#names(dependency);
		const variants = this.#on(task, dependency);
		if (names === null || variants === null) return [];
		const named = names
			.flatMap((one) => this.#instances.get(one) ?? [])
			.filter(({ variant }) => variants.has(variant));
		const found = named.filter(({ id }) => id !== task.id);
		// What is said of a whole variant is meant for its other tasks.
		const isOwn = !(this.#runs.get(task.variant)?.depends_on.includes(dependency) ?? false);
		if (found.length < named.length && isOwn && !isSelector(name))
			this.#findings.warnings.push(
				warningAt(
					'circular-dependency',
					place,
					`the task "${task.task}" depends on itself; that it waits for itself is passed over`,
					'take that wait out',
				),
			);
		// Of a task on no variant nobody can say what runs beside it.
		else if (named.length === 0 && (this.#runs.size === 0 || this.#runs.has(task.variant)))
			this.#findings.warnings.push(
				warningAt(
					'unmet-dependency',
					place,
					`"${task.task}" on the variant "${task.variant}" waits for "${name}", which does not run ${dependency.variants === null ? 'there' : `on ${dependency.variants.map((on) => `"${on.name}"`).join(', ')}`}; the wait is passed over`,
					'name the variant on which it runs',
				),
			);
		return found.map(({ id }) => waitFor(id, status.data));
	}

	#names({ name, place }: Reference): readonly string[] | null {
		const tasks = this.#tasks.of(name);
		const groups = name === '*' ? null : this.#groups.of(name);
		if (tasks === null && groups === null) {
			this.#findings.warnings.push(nothing(name, place));
			return null;
		}
		return [
			...(tasks ?? []).map((task) => task.name),
			...(groups ?? []).flatMap((group) => this.#members.get(group.name) ?? []),
		];
	}

	#on({ variant }: TaskInstance, { variants }: WrittenDependency): ReadonlySet<string> | null {
		if (variants === null) return new Set([variant]);
		const names = variants.flatMap(({ name, place }) => {
			const found = this.#variants.of(name);
			if (found !== null) return found.map((one) => one.name);
			this.#findings.warnings.push(
				undefinedAt(
					'unmatched-name',
					{ name, place },
					`no build variant is "${name}", where something waits for a task on it`,
					'define it, or include the file that does',
				),
			);
			return [];
		});
		return names.length === 0 ? null : new Set(names);
	}
}
