import type { WrittenProject, WrittenStep } from '../import/written.ts';
import type { Place } from '../yaml/problem.ts';
import { flaggedCommands, flagPlace, grouped, keyOf } from './flags.ts';
import type { Use } from './uses.ts';

/** A flagged command: an entry of a written list, however many calls lead there. One that an alias or merge key makes is one too. */
export type Flagged = {
	readonly command: WrittenStep;
	/** Where it is named (`namer`). */
	readonly at: Place;
	readonly uses: readonly Use[];
	/** `uncalled`: nothing in these files runs it. */
	readonly verdict: 'works' | 'partly' | 'idle' | 'uncalled';
};

/** Every flagged command of a project once, as all who count them do. */
export function flaggedOf(whole: WrittenProject, uses: readonly Use[]): Flagged[] {
	const commands = new Map(flaggedCommands(whole).map((one) => [keyOf(one.place), one]));
	const byCommand = grouped(uses, ({ command }) => keyOf(command.place));
	const at = namer([...commands.values()]);
	return [...commands].map(([key, command]): Flagged => {
		const its = byCommand.get(key) ?? [];
		return { command, at: at(command), uses: its, verdict: verdictOf(its) };
	});
}

/**
 * Where a command is named, by whoever names one: at its flag, which is the line to edit; where others have theirs from the
 * same line, or where it has none, at itself.
 */
export function namer(flagged: readonly WrittenStep[]): (command: WrittenStep) => Place {
	const byFlag = grouped(flagged, (command) => keyOf(flagPlace(command)));
	return (command) => {
		const flag = flagPlace(command);
		const others = byFlag
			.get(keyOf(flag))
			?.filter((one) => keyOf(one.place) !== keyOf(command.place));
		return (others ?? []).length > 0 ? command.place : flag;
	};
}

/** Where nothing ever runs, nothing is lost either. */
function verdictOf(uses: readonly Use[]): Flagged['verdict'] {
	if (uses.length === 0) return 'uncalled';
	if (uses.every(({ idle }) => idle !== null)) return 'idle';
	return uses.some(({ idle }) => idle !== null && idle !== 'never runs') ? 'partly' : 'works';
}

/** Flagged commands, each once, by what their flags do; and in how many groups and blocks some are idle. */
export type FlagCounts = {
	readonly flags: number;
	/** Wherever they stand. */
	readonly work: number;
	/** They work in one place and are idle in another. */
	readonly partly: number;
	/** Wherever they stand. */
	readonly idle: number;
	/** Nothing in these files runs them. */
	readonly uncalled: number;
	readonly idle_groups: number;
	readonly idle_blocks: number;
};

export function countFlags(flagged: readonly Flagged[]): FlagCounts {
	const of = (verdict: Flagged['verdict']): number =>
		flagged.filter((one) => one.verdict === verdict).length;
	const idle = flagged
		.flatMap(({ uses }) => uses)
		.filter((use) => use.idle === 'block')
		.map(({ spot }) => spot);
	return {
		flags: flagged.length,
		work: of('works'),
		partly: of('partly'),
		idle: of('idle'),
		uncalled: of('uncalled'),
		idle_groups: new Set(idle.flatMap(({ group }) => group ?? [])).size,
		idle_blocks: new Set(idle.filter(({ group }) => group === null)).size,
	};
}

/** The counts of several projects, each by itself. */
export function sumOf(counts: readonly FlagCounts[]): FlagCounts {
	const sum = (key: keyof FlagCounts): number => counts.reduce((total, one) => total + one[key], 0);
	return {
		flags: sum('flags'),
		work: sum('work'),
		partly: sum('partly'),
		idle: sum('idle'),
		uncalled: sum('uncalled'),
		idle_groups: sum('idle_groups'),
		idle_blocks: sum('idle_blocks'),
	};
}
