import type { GroupRun } from '../../../impl/ports/configuration.ts';
import { RULES, type Rules } from '../../../impl/server/rules.ts';
import { projectOf } from '../../../impl/server/task-lookup.ts';
import type { ProjectRecord, Transaction } from '../../../impl/store/store.ts';
import type { Fault } from '../../systems/fault.ts';

/** What is wrong only where there is more than one: a project, or a version of one. */

/** Projects that had a mark: who has a slot in use is among them. */
const MET = new Set<string>();

/** The other projects that had a mark. */
async function othersThan(tx: Transaction, own: ProjectRecord): Promise<ProjectRecord[]> {
	MET.add(own.id);
	const others: ProjectRecord[] = [];
	for (const id of MET) {
		const project = id === own.id ? undefined : await tx.project(id);
		if (project !== undefined) others.push(project);
	}
	return others;
}

/** All tasks of a version, and what runs of other versions of its project. */
async function withOthers(
	...[tx, version, what]: Parameters<Rules['ofVersion']>
): ReturnType<Rules['ofVersion']> {
	const tasks = await RULES.ofVersion(tx, version, what);
	const project = tasks?.[0]?.project;
	const running = await tx.tasksInProgress();
	const others = running.filter((task) => task.version !== version && task.project === project);
	return tasks === null ? null : [...tasks, ...others];
}

export const SEVERAL: readonly Fault[] = [
	{
		id: 'the limit counts the slots of all projects',
		where: 'quota TAKE',
		breaks: ['S7'],
		told: 'seldom',
		toured: { by: 'projects', breaks: 'S7', far: true },
		rules: {
			quotaOf: async (tx, task, what) => {
				const own = await projectOf(tx, task);
				if (what !== 'counts') return own;
				const others = await othersThan(tx, own);
				return { ...own, slots: [own, ...others].flatMap(({ slots }) => slots) };
			},
		},
	},
	{
		id: 'a slot is given back to another project, if that has one in use',
		where: 'quota GIVE_BACK',
		breaks: ['S7'],
		rules: {
			quotaOf: async (tx, task, what) => {
				const own = await projectOf(tx, task);
				const others = await othersThan(tx, own);
				if (what === 'counts') return own;
				return others.find(({ slots }) => slots.length > 0) ?? own;
			},
		},
		// Random stories hardly ever have a mark of each that stands: none of 3,000.
		toured: { by: 'projects', breaks: 'S7', far: true },
	},
	{
		id: 'the policy of a project is not heeded: that of all is',
		where: 'unit JOIN',
		breaks: ['S7', 'S1', 'L1', 'L6'],
		told: 'seldom',
		toured: { by: 'projects', breaks: 'L1' },
		rules: { heeded: async (tx, { policy }) => (await tx.policy())?.heeded ?? policy },
	},
	{
		id: 'the policy that an admin changes for one project changes for all',
		where: 'quota POLICY',
		breaks: ['S7', 'S1', 'L6'],
		told: 'seldom',
		toured: { by: 'projects', breaks: 'S1' },
		rules: { concernsAll: () => true },
	},
	{
		id: 'an abort of a version aborts what runs of its project',
		where: 'unit USER_ABORTS',
		breaks: ['S21'],
		rules: {
			ofVersion: (tx, version, what) =>
				(what === 'abort' ? withOthers : RULES.ofVersion)(tx, version, what),
		},
		told: 'seldom',
		toured: { by: 'versions', breaks: 'S21' },
	},
	{
		id: 'a restart of a version restarts what runs of its project',
		where: 'unit USER_ASKS',
		breaks: ['C5', 'S21'],
		rules: {
			ofVersion: (tx, version, what) =>
				(what === 'restart' ? withOthers : RULES.ofVersion)(tx, version, what),
			named: (_, tasks) => tasks.map(({ id, execution }) => ({ task: id, execution })),
		},
		told: 'seldom',
		toured: { by: 'versions', breaks: 'C5' },
	},
	{
		id: 'the first failure in the merge queue aborts what runs of its project',
		where: 'app server VERSION_FAILED',
		breaks: ['S21', 'S9'],
		rules: {
			ofVersion: (tx, version, what) =>
				(what === 'failure' ? withOthers : RULES.ofVersion)(tx, version, what),
		},
		told: 'seldom',
		toured: { by: 'version-fails', breaks: 'S21' },
	},
	{
		id: 'a version is shown by the tasks of its project',
		where: 'task RENEW',
		breaks: ['S22'],
		rules: { isShownIn: (task, { project }) => task.project === project },
		told: 'soon',
		toured: { by: 'versions', breaks: 'S22' },
	},
	{
		id: 'the host of a group takes the next task of that group of another version, without a set-up',
		where: 'agent',
		breaks: [],
		elsewhere: ['S23'],
		agentRules: {
			isSameGroup: (one, other) => one.group === other.group && variantIn(one) === variantIn(other),
		},
		told: 'difference',
		toured: { by: 'version-groups', breaks: null },
	},
	{
		id: 'a group of one version is kept waiting for the host of the same group of another one',
		where: 'app server NEXT',
		breaks: [],
		rules: {
			firstReady: async (tx, host, now_ms) => {
				const ready = await RULES.firstReady(tx, host, now_ms);
				const group = ready?.place?.group?.name;
				if (ready === undefined || group === undefined) return ready;
				const running = await tx.tasksInProgress();
				return running.some(
					(task) =>
						task.place?.group?.name === group &&
						task.host !== host &&
						task.version !== ready.version,
				)
					? undefined
					: ready;
			},
		},
		told: 'difference',
	},
];

/** A build is a version on a variant. */
const variantIn = ({ version, build }: GroupRun): string => build.slice(version.length);
