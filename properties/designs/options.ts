import type { Configuration } from '../../model/checker/retry/bounds.ts';
import type { Story } from '../../model/vocabulary/story.ts';
import type { DesignsEvidence } from '../../reports/design-evidence.ts';
import type { System } from '../systems/system.ts';

export type Profile = DesignsEvidence['profile'];

export interface DesignsOptions {
	readonly profile: Profile;
	/** Decides every random story. */
	readonly seed: number;
	readonly signal?: AbortSignal | undefined;
	readonly onPhase?: (phase: string, detail: string) => void;
	/** For tests: what is on trial beside the model; the reference, unless told. */
	readonly against?: System;
	/** For tests: random stories for each design, and configurations, instead of the profile's. */
	readonly stories?: number;
	readonly configurations?: readonly Configuration[];
}

/** A guarantee that fell, and the shortest story known of it. */
export interface Fallen {
	readonly id: string;
	readonly sentence: string;
	readonly story: Story;
	/** Where: a configuration of the checker, or random stories. */
	readonly source: string;
}
