import type { Command, CommandType, ProjectLimit, Step } from '../../model/vocabulary/project.ts';
import type { Place, Problem } from '../problem.ts';
import type { YamlValue } from '../yaml/value.ts';

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
};

export type Reference = { readonly name: string; readonly place: Place };

/** Names or selectors of the tasks and task groups that a variant runs; `without`: those it does not after all. */
export type WrittenVariant = Reference & {
	readonly tasks: readonly Reference[];
	readonly without: readonly Reference[];
};

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
export type WrittenMatrix = Reference & {
	readonly spec: WrittenCells;
	readonly exclude: readonly WrittenCells[];
	readonly tasks: readonly Reference[];
	readonly rules: readonly {
		readonly when: readonly WrittenCells[];
		readonly add: readonly Reference[];
		readonly remove: readonly Reference[];
	}[];
};

/** A task group, as far as counts and variants need it. `max_hosts` is null where it is not written. */
export type WrittenGroup = Reference & {
	readonly max_hosts: number | null;
	readonly tags: readonly string[];
	readonly tasks: readonly Reference[];
	readonly blocks: readonly (readonly WrittenStep[])[];
	readonly switches: readonly WrittenSwitch[];
};

export type WrittenSwitch = { readonly name: string; readonly on: boolean; readonly place: Place };

export type WrittenLimit = {
	readonly name: ProjectLimit;
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

/** What is found on the way: errors make the import fail, warnings do not. */
export type Findings = { readonly errors: Problem[]; readonly warnings: Problem[] };
