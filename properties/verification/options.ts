import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';
import type { Shard } from '../../reports/evidence/shard.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import type { System } from '../systems/system.ts';

export type Profile = Evidence['profile'];

export interface VerifyOptions {
	profile: Profile;
	/** Under which everything is played; unless told, scenarios and corpus as they say, all else under the flag. */
	design?: Design;
	seed: number;
	/** Random stories of each source, in place of the profile's seconds. */
	stories?: number;
	/** The part of the run that is done here; all, unless told. */
	shard?: Shard;
	/** Version of mulligan and the commit that is tried, and the reasons of `unknown` to live with, as the evidence says them. */
	run?: Pick<Evidence, 'mulligan' | 'commit' | 'allowed'>;
	project: ProjectOnTrial | null;
	/** Folders of the package that hold shrunk counterexamples and scenarios. */
	corpus: string;
	scenarios: string;
	/** No model stands beside what is on trial, so that only judges can find it wrong; what only a difference shows is not found. */
	alone?: boolean;
	/** What is on trial beside the model; the reference, unless it is a deployed one, or in tests. */
	against?: System;
	/** Go on after a broken promise, until each of them was found or the time is over; for a system that is known to be wrong. */
	goOn?: boolean;
	/** For tests: seconds instead of the profile's. */
	seconds?: { generated: number; project: number; canary: number };
	/** For tests: most stories that are told for the promise behind a difference. */
	more?: number;
	/** For tests: what is checked instead of the profile's, and on which machines. */
	checks?: readonly Configuration[];
	machines?: () => MachineTables;
	signal?: AbortSignal;
	onPhase?: (phase: string, detail: string) => void;
}
