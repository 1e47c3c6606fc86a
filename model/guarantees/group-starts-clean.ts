import type { Position } from '../vocabulary/command.ts';
import type { HostObservation } from '../vocabulary/observation.ts';
import { isWatched } from '../vocabulary/project.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { groupInstances } from '../vocabulary/structure.ts';
import { samePosition } from './agents.ts';
import { commandAt, type PlannedCommand, planOf } from './commands.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { indexOfTask } from './requests.ts';
import { witnessed } from './situation.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { ofRef, place } from './wording.ts';

/** A single-host group on a variant whose set-up runs something: what is to run before anything else of it. */
interface Group {
	readonly name: string;
	readonly variant: string;
	/** Absent: the first. */
	readonly version: string | undefined;
	readonly members: readonly number[];
	/** The commands of setup_group that run, in order. */
	readonly setUp: readonly PlannedCommand[];
}

/** By group: the hosts on which it was set up since it restarted last; null: it never restarted, or that is all it has. */
type SetUp = readonly (readonly number[] | null)[] | null;

const known = new WeakMap<Setup, readonly Group[]>();

/** The single-host groups of a setup that have something to set up. */
export function groupsOf(setup: Setup): readonly Group[] {
	let groups = known.get(setup);
	if (groups === undefined) {
		groups = groupInstances(setup).flatMap(({ group: name, tasks: members, hosts, ...of }) => {
			const plan = planOf(setup, setup.tasks[members[0] ?? -1]?.id ?? '');
			const setUp = (plan?.steps.get('setup_group') ?? []).flat().filter(({ listed }) => listed);
			const { variant, version } = of;
			return hosts === 1 && setUp.length > 0 ? [{ name, variant, version, members, setUp }] : [];
		});
		known.set(setup, groups);
	}
	return groups;
}

/** Whether a host is at the first command of the set-up that is waited for, all before it started. */
function setsUp(position: Position, background: readonly Position[], { setUp }: Group): boolean {
	const first = setUp.find((command) => !command.background);
	if (first !== undefined) return samePosition(first.position, position);
	// What only runs in the background is over after main, unseen where nothing was waited for until then.
	return (
		!isWatched(position.block) ||
		setUp.every((command) => background.some((one) => samePosition(one, command.position)))
	);
}

/** Whether nothing of the set-up is waited for. */
const isUnseen = ({ setUp }: Group): boolean => setUp.every((command) => command.background);

const added = (hosts: readonly number[], host: number): readonly number[] =>
	[...hosts, host].sort((one, other) => one - other);

const isRestarted = ({ before, after }: Moment, { members }: Group): boolean =>
	members.some((task) => before.tasks[task]?.execution !== after.tasks[task]?.execution);

/** Whether the host is set up for the group, as its agent says. */
export const isIn = (
	host: HostObservation | undefined,
	{ name, variant, version }: Group,
): boolean =>
	host?.group?.group === name && host.group.variant === variant && host.group.version === version;

/** The hosts on which the group was set up since its last restart, after this moment, and what was wrong. */
function follow(
	moment: Moment,
	group: Group,
	hosts: readonly number[] | null,
): { hosts: readonly number[] | null; finding: StepFinding } {
	const { before, after } = moment;
	let ready = before.tasks !== after.tasks && isRestarted(moment, group) ? [] : hosts;
	if (ready === null || before.hosts === after.hosts) return { hosts: ready, finding: false };
	let finding: StepFinding = false;
	let index = -1;
	for (const is of after.hosts) {
		if (is === before.hosts[++index]) continue;
		if (ready.includes(index) && !isIn(is, group)) ready = ready.filter((host) => host !== index);
		const { doing, execution } = is;
		if (execution === null || ready.includes(index)) continue;
		const ends = doing.kind === 'calling' && doing.route === 'end';
		if (doing.kind !== 'running' && !ends) continue;
		const task = indexOfTask(after, execution.task);
		// What an agent runs of an execution that is over is S5's.
		if (!group.members.includes(task) || after.tasks[task]?.execution !== execution.execution)
			continue;
		if (doing.kind !== 'running') {
			// A member that comes to its end without a command that is seen: what was set up in the background was not seen.
			if (isUnseen(group)) ready = added(ready, index);
			continue;
		}
		if (setsUp(doing.position, is.background, group)) {
			ready = added(ready, index);
			finding = true;
			continue;
		}
		const plan = planOf(moment.setup, execution.task);
		const name = plan && commandAt(plan, doing.position)?.name;
		finding = `Group "${group.name}" was restarted, but host "${is.id}" runs "${name}" (${place(doing.position)}) of ${ofRef(execution)} before it was set up for the group again.`;
		break;
	}
	return { hosts: ready, finding };
}

/** S23. */
export const groupStartsClean: Guarantee<SetUp> = {
	id: 'S23',
	name: 'group-starts-clean',
	kind: 'safety',
	statement:
		'After a single-host group was restarted, its setup_group runs on the host that takes it, before any other command of a member.',
	witness: witnessed('A single-host group that has a setup_group ran again after a restart.'),
	fairness: null,
	begin: () => null,
	step(setUp, moment) {
		const groups = groupsOf(moment.setup);
		if (groups.length === 0) return null;
		let finding: StepFinding = false;
		let changed = false;
		const now = groups.map((group, index) => {
			const hosts = setUp?.[index] ?? null;
			if (typeof finding === 'string') return hosts;
			const found = follow(moment, group, hosts);
			finding = worse(finding, found.finding);
			if (found.hosts !== hosts) changed = true;
			return found.hosts;
		});
		return rule(setUp, changed ? now : setUp, finding);
	},
};
