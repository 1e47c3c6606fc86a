import type { Observation, ProjectObservation } from './observation.ts';
import { heededOf, type PolicyInForce, type Setup } from './setup.ts';
import { firstVersionOf } from './structure.ts';

/** One of the projects of a setup, and what is heeded of its policy at first. */
export interface ProjectOfSetup {
	readonly id: string;
	readonly policy: PolicyInForce;
}

/** One of the versions of a setup. */
export interface VersionOfSetup {
	readonly id: string;
	/** Its place among the projects. */
	readonly project: number;
	/** The places of its tasks. */
	readonly tasks: readonly number[];
}

/** The projects and versions of a setup: the first of each, then the others in their order. */
export interface Versions {
	readonly projects: readonly ProjectOfSetup[];
	readonly versions: readonly VersionOfSetup[];
	/** By task. */
	readonly versionOf: readonly number[];
	/** By task. */
	readonly projectOf: readonly number[];
}

const KNOWN = new WeakMap<Setup, Versions>();

/** Worked out once a setup. */
export function versionsOf(setup: Setup): Versions {
	let known = KNOWN.get(setup);
	if (known === undefined) {
		known = worked(setup);
		KNOWN.set(setup, known);
	}
	return known;
}

function worked({ project, policy, tasks, other_versions = [] }: Setup): Versions {
	const ids = [undefined, ...other_versions.map(({ id }) => id)];
	const versionOf = tasks.map(({ version }) => Math.max(ids.indexOf(version), 0));
	const tasksOf = (version: number) =>
		[...tasks.keys()].filter((task) => versionOf[task] === version);
	const projects: ProjectOfSetup[] = [{ id: project.id, policy: heededOf(policy) }];
	const versions: VersionOfSetup[] = [
		{ id: firstVersionOf(project.id), project: 0, tasks: tasksOf(0) },
	];
	for (const { id, project: own } of other_versions) {
		if (own !== undefined) projects.push({ id: own.id, policy: heededOf(own.policy) });
		const of = own === undefined ? 0 : projects.length - 1;
		versions.push({ id, project: of, tasks: tasksOf(versions.length) });
	}
	const projectOf = versionOf.map((version) => versions[version]?.project ?? 0);
	return { projects, versions, versionOf, projectOf };
}

/** The place of the project that an admin names, or of the version that a user does; the first needs no name. */
export const placeOf = (
	all: readonly { readonly id: string }[],
	named: string | undefined,
): number => (named === undefined ? 0 : all.findIndex(({ id }) => id === named));

/** What is seen of all projects. */
export type ProjectsSeen = Pick<Observation, 'policy' | 'quota_used' | 'other_projects'>;

/** What is heeded of the policy of a project. */
export const policySeen = (seen: ProjectsSeen, project: number): PolicyInForce =>
	seen.other_projects?.[project - 1]?.policy ?? seen.policy;

/** Slots of a project in use. */
export const slotsSeen = (seen: ProjectsSeen, project: number): number =>
	seen.other_projects?.[project - 1]?.quota_used ?? seen.quota_used;

/** The parts of an observation that tell of projects, the first before the others. */
export function projectsSeen([first, ...other_projects]: readonly ProjectObservation[]): Pick<
	Observation,
	'policy' | 'quota_used' | 'other_projects'
> {
	if (first === undefined) throw new RangeError('a setup has a project');
	return other_projects.length === 0 ? first : { ...first, other_projects };
}

/** Whether as many slots are in use as before, in each project. */
export function sameSlots(before: ProjectsSeen, after: ProjectsSeen): boolean {
	if (before.quota_used !== after.quota_used) return false;
	const others = after.other_projects;
	if (others === undefined) return true;
	for (let place = 1; place <= others.length; place++)
		if (slotsSeen(before, place) !== slotsSeen(after, place)) return false;
	return true;
}
