import type {
	Command,
	CommandType,
	GROUP_BLOCKS,
	ProjectLimit,
	Step,
} from '../../model/vocabulary/project.ts';
import type { Place, Problem } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import type { Warning } from './warning.ts';

/** One entry of a block, as written, and where; `item` is all of it. */
export type WrittenStep = { readonly step: Step; readonly place: Place; readonly item: YamlValue };

/** A function; `bare` when it is written as one mapping instead of a list. */
export type WrittenFunction = {
	readonly name: string;
	readonly place: Place;
	readonly bare: boolean;
	readonly commands: readonly (WrittenStep & { readonly step: Command })[];
};

export type WrittenTask = {
	readonly name: string;
	readonly place: Place;
	readonly tags: readonly string[];
	readonly commands: readonly WrittenStep[];
	readonly limits: readonly WrittenLimit<'exec_timeout_secs'>[];
	readonly depends_on: readonly WrittenDependency[];
	readonly item: YamlValue;
};

export type Reference = { readonly name: string; readonly place: Place };

/** Tasks that others wait for, by name or selector; `variants`: on these, else on the variant of who waits. */
export type WrittenDependency = Reference & {
	readonly variants: readonly Reference[] | null;
	/** The variants are chosen by values of axes, which is not followed. */
	readonly byAxes: boolean;
	/** How they must end; success, unless told. */
	readonly status: string;
};

/** A name or selector in the list of a variant; what it waits for there counts before all else that is said of it. */
export type WrittenEntry = Reference & {
	readonly depends_on: readonly WrittenDependency[];
	readonly item: YamlValue;
};

/** A display task of a variant, with names or selectors of its execution tasks. */
export type WrittenDisplayTask = Reference & { readonly execution_tasks: readonly Reference[] };

/** What a variant and a definition of many variants have in common. */
export type WrittenRuns = {
	readonly tags: readonly string[];
	/** Names or selectors of tasks and task groups. */
	readonly tasks: readonly WrittenEntry[];
	readonly display_tasks: readonly WrittenDisplayTask[];
	/** Counts for tasks whose entry says nothing. */
	readonly depends_on: readonly WrittenDependency[];
	readonly item: YamlValue;
};

/** `without`: names or selectors of those that it does not run after all. */
export type WrittenVariant = Reference & WrittenRuns & { readonly without: readonly Reference[] };

/** A value of an axis, by its id. */
export type WrittenAxisValue = {
	readonly name: string;
	readonly tags: readonly string[];
	readonly variables: ReadonlyMap<string, string>;
};

export type WrittenAxis = { readonly name: string; readonly values: readonly WrittenAxisValue[] };

/** Which cells of a matrix are meant: selectors of values by the name of their axis. */
export type WrittenCells = ReadonlyMap<string, readonly Reference[]>;

/** A definition of many variants at once: one for each combination of values of its axes. */
export type WrittenMatrix = Reference &
	WrittenRuns & {
		readonly spec: WrittenCells;
		readonly exclude: readonly WrittenCells[];
		readonly rules: readonly {
			readonly when: readonly WrittenCells[];
			readonly add: readonly WrittenEntry[];
			readonly remove: readonly Reference[];
		}[];
	};

export type GroupBlock = (typeof GROUP_BLOCKS)[number];

/** A task group. `max_hosts` is null where it is not written. */
export type WrittenGroup = Reference & {
	readonly max_hosts: number | null;
	readonly share_processes: boolean | null;
	readonly tags: readonly string[];
	readonly tasks: readonly Reference[];
	readonly blocks: { readonly [block in GroupBlock]?: readonly WrittenStep[] };
	readonly switches: readonly WrittenSwitch[];
	readonly limits: readonly WrittenLimit<GroupLimit>[];
};

export type WrittenSwitch = { readonly name: string; readonly on: boolean; readonly place: Place };

/** Time limits of task groups, under the names that project files have for them. */
export const GROUP_LIMITS = [
	'setup_group_timeout_secs',
	'setup_task_timeout_secs',
	'teardown_task_timeout_secs',
	'teardown_group_timeout_secs',
	'callback_timeout_secs',
] as const;
export type GroupLimit = (typeof GROUP_LIMITS)[number];

export type WrittenLimit<Name extends string = ProjectLimit> = {
	readonly name: Name;
	readonly seconds: number;
	readonly place: Place;
};

/** `module` names another repository, whose files are not at hand. */
export type WrittenInclude = {
	readonly filename: string;
	readonly module: string | null;
	readonly place: Place;
};

export const PROJECT_BLOCKS = ['pre', 'timeout', 'post'] as const;
export type ProjectBlock = (typeof PROJECT_BLOCKS)[number];
export type WrittenBlock = { readonly place: Place; readonly steps: readonly WrittenStep[] };

/** What one Evergreen project file says, or several once they are merged. Names are not yet looked up. */
export type WrittenProject = {
	readonly name: string;
	readonly command_type: { readonly type: CommandType; readonly place: Place } | null;
	readonly tasks: readonly WrittenTask[];
	readonly functions: readonly WrittenFunction[];
	readonly blocks: { readonly [block in ProjectBlock]?: WrittenBlock };
	readonly switches: readonly WrittenSwitch[];
	readonly limits: readonly WrittenLimit[];
	readonly groups: readonly WrittenGroup[];
	readonly variants: readonly WrittenVariant[];
	/** Matrix definitions among the build variants, and the axes that they span. */
	readonly matrices: readonly WrittenMatrix[];
	readonly axes: readonly WrittenAxis[];
	readonly includes: readonly WrittenInclude[];
};

/** One file by itself, and all that stands in it. */
export type WrittenFile = WrittenProject & { readonly root: YamlValue };

/** What is found on the way: errors make the import fail, warnings do not. */
export type Findings = { readonly errors: Problem[]; readonly warnings: Warning[] };
