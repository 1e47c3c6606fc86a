import type { Configuration } from '../../model/checker/configurations/configuration.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import type { DesignsEvidence, FallenEvidence } from '../../reports/evidence/design-evidence.ts';
import type { Shard } from '../../reports/evidence/shard.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import type { System } from '../systems/system.ts';
import { tokenOf } from '../trial/say-finding.ts';

export type Profile = DesignsEvidence['profile'];

export interface DesignsOptions {
	readonly profile: Profile;
	/** Decides every random story. */
	readonly seed: number;
	/** The part of the trial that is done here; all, unless told. */
	readonly shard?: Shard | undefined;
	/** Version of mulligan and the commit that is tried, and the reasons of `unknown` to live with, as the evidence says them. */
	readonly run?: Pick<DesignsEvidence, 'mulligan' | 'commit' | 'allowed'> | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly onPhase?: (phase: string, detail: string) => void;
	/** For tests: what is on trial beside the model; the reference, unless told. */
	readonly against?: System;
	/** For tests: random stories for each design, and configurations, instead of the profile's. */
	readonly stories?: number;
	readonly configurations?: readonly Configuration[];
}

/** A guarantee that fell, with a story that shows it. */
export const fallenOf = (guarantee: string, sentence: string, story: Story): FallenEvidence => ({
	guarantee,
	sentence: sentence.slice(0, TEXT),
	events: story.events.length,
	token: tokenOf(story),
});
