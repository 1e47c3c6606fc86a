import type { ReferenceOptions } from '../systems/reference.ts';

/** A reference that is wrong in one decision. */
export interface Fault {
	/** What the app server or the agent does. */
	readonly what: string;
	/** The transition of a machine of the model that the reference does not take so. */
	readonly transition: string;
	readonly reference: ReferenceOptions;
	/** The configuration of the checker whose tour finds it, in quick size. */
	readonly foundBy: string;
	/** The guarantee that it breaks; null: no promise speaks of it, so that it is told as a difference. */
	readonly breaks: string | null;
	/** Found after more steps than others. */
	readonly isFar?: true;
}

export const server = (rules: ReferenceOptions['rules']): ReferenceOptions =>
	rules === undefined ? {} : { rules };

export const agent = (agentRules: ReferenceOptions['agentRules']): ReferenceOptions =>
	agentRules === undefined ? {} : { agentRules };
