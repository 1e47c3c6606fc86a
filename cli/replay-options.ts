import type { Design } from '../model/vocabulary/design.ts';
import { printable } from '../model/vocabulary/printable.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { replayAgainCommand } from '../reports/wording/commands.ts';
import type { Played } from './replay-play.ts';
import { type SystemName, USUAL } from './systems.ts';

/** What a replay was asked for. */
export interface Options {
	/** Names of systems. */
	readonly on: SystemName[];
	readonly design?: Design;
	readonly failures: boolean;
	readonly watch: boolean;
	readonly fix: boolean;
	readonly expand: boolean;
	readonly diagram: boolean;
	readonly mermaid: boolean;
	readonly verbose: boolean;
	readonly json: boolean;
	readonly junit: boolean;
}

/** The command that plays the same again. */
export const againCommand = (given: readonly string[], { on, design }: Options): string =>
	replayAgainCommand(given, on.join() === USUAL.join() ? null : on.join(), design ?? null);

/** On stderr: what is printed on stdout may be for a machine. */
export const sayFixed = (said: string | null): void => {
	if (said !== null) console.error(`mulligan: ${printable(said)}`);
};

export const worstOf = (played: readonly Pick<Played, 'verdict'>[]): Verdict =>
	(['violated', 'unknown'] as const).find((verdict) =>
		played.some((one) => one.verdict === verdict),
	) ?? 'holds';
