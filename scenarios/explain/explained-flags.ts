import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { groupInstances, unitsOf } from '../../model/vocabulary/structure.ts';
import type { Imported } from '../import/import.ts';
import type { Flagged } from '../lint/flagged.ts';
import { grouped as by, flagPlace, keyOf } from '../lint/flags.ts';
import type { Instance, Never } from '../lint/instances.ts';
import type { LintedProject } from '../lint/linted-project.ts';
import type { Idle, Use } from '../lint/uses.ts';
import type { Place } from '../yaml/problem.ts';

/** Lists of commands in which a flagged command is: the main block of tasks, or one block of the project or of groups. */
export type Where = {
	readonly block: Use['spot']['block'];
	/** Groups whose block it is; none for a block of the project and for main. */
	readonly groups: readonly string[];
	/** Tasks of the project; and tasks on variants, of which those that never run are left out. */
	readonly tasks: number;
	readonly instances: number;
	/** Null where it works. */
	readonly idle: Idle | null;
	/** Why tasks that have it never run; null where some do. */
	readonly never: Never['why'] | 'on no variant' | null;
};

/** What restarts when the command fails, and for how many tasks on variants that is so. */
export type Restarts = {
	readonly what: 'task' | 'group' | 'display task' | 'group and display task';
	/** Fewest and most tasks that restart together. */
	readonly fewest: number;
	readonly most: number;
	readonly instances: number;
};

/** A flagged command as it is defined, and what its flag does. */
export type ExplainedFlag = {
	readonly place: Place;
	/** The line to edit, which other commands may have too. */
	readonly flag: Place;
	readonly command: string;
	readonly display_name: string | null;
	/** The function that it is in. */
	readonly func: string | null;
	readonly verdict: Flagged['verdict'];
	readonly where: readonly Where[];
	readonly restarts: readonly Restarts[];
};

/** Every flagged command of a project, as they stand in its files. */
export function explainedFlags(imported: Imported, linted: LintedProject): ExplainedFlag[] {
	const { flagged, whole } = linted;
	const functions = new Map(
		whole.functions.flatMap(({ name, commands }) =>
			commands.map(({ place }) => [keyOf(place), name] as const),
		),
	);
	const restartsOf = restartsIn(imported);
	return flagged.map(({ command: entry, at, uses, verdict }): ExplainedFlag => {
		const { step } = entry;
		const working = uses.filter(({ idle }) => idle === null);
		return {
			place: at,
			flag: flagPlace(entry),
			command: isFunctionCall(step) ? step.func : step.command,
			display_name: isFunctionCall(step) ? null : (step.display_name ?? null),
			func: functions.get(keyOf(entry.place)) ?? null,
			verdict,
			where: wheres(uses),
			restarts: restartsOf(working.flatMap(({ met }) => met)),
		};
	});
}

/** One for each block, and each reason why it is idle there. */
const wheres = (uses: readonly Use[]): Where[] =>
	[
		...by(
			uses,
			(use) => `${use.spot.block} ${use.spot.group === null} ${use.idle} ${neverOf(use)}`,
		).values(),
	]
		.map((those): Where | null => {
			const [first] = those;
			if (first === undefined) return null;
			const instances = [...new Set(those.flatMap(({ met }) => met))];
			return {
				block: first.spot.block,
				groups: [...new Set(those.flatMap(({ spot }) => spot.group ?? []))],
				tasks:
					first.spot.block === 'main'
						? new Set(those.map(({ spot }) => spot.task)).size
						: new Set(instances.map(({ task }) => task)).size,
				instances: instances.length,
				idle: first.idle,
				never: neverOf(first),
			};
		})
		.filter((where) => where !== null)
		.sort((one, other) => Number(one.idle !== null) - Number(other.idle !== null));

const neverOf = ({ idle, spot }: Use): Where['never'] =>
	idle === 'never runs' ? (spot.instances[0]?.never?.why ?? 'on no variant') : null;

/** Looks up what restarts together with tasks on variants. */
function restartsIn({ project, version }: Imported): (those: readonly Instance[]) => Restarts[] {
	const setup = { project, tasks: version.tasks, display_tasks: version.display_tasks };
	const shown = new Set(version.display_tasks.flatMap(({ execution_tasks }) => execution_tasks));
	const inGroup = new Set(
		groupInstances(setup)
			.filter(({ hosts, tasks }) => hosts === 1 && tasks.length > 1)
			.flatMap(({ tasks }) => tasks),
	);
	const found = new Map<string, Omit<Restarts, 'instances'>>();
	for (const unit of unitsOf(setup))
		for (const place of unit) {
			const task = version.tasks[place];
			if (task === undefined) continue;
			const kinds = [
				...(inGroup.has(place) ? ['group' as const] : []),
				...(shown.has(task.id) ? ['display task' as const] : []),
			];
			const [kind = 'task', other] = unit.length === 1 ? [] : kinds;
			const what = other === undefined ? kind : 'group and display task';
			found.set(`${task.task}\0${task.variant}`, { what, fewest: unit.length, most: unit.length });
		}
	return (those) => {
		const units = [...new Set(those)].flatMap(
			({ task, variant }) => found.get(`${task.name}\0${variant}`) ?? [],
		);
		return [...by(units, ({ what }) => what)].map(([what, alike]) => ({
			what,
			fewest: Math.min(...alike.map(({ fewest }) => fewest)),
			most: Math.max(...alike.map(({ most }) => most)),
			instances: alike.length,
		}));
	};
}
