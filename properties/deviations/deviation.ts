import type { AgentRules } from '../../impl/agent/rules.ts';
import type { Rules } from '../../impl/server/rules.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';

/**
 * A real bug, as a small override of the reference: whoever verifies a system and would miss this one in it has verified
 * little. Ids are those of the tables in the spec.
 */
export interface Deviation {
	readonly id: string;
	/** Rows of the tables that are the same fault. */
	readonly also?: readonly string[];
	/** In a few words. */
	readonly name: string;
	/** What its users saw, in one sentence. */
	readonly symptom: string;
	/** Ticket, pull request or file in which it was. */
	readonly where: string;
	/** The guarantees that it breaks: which of them falls first is up to the story. Empty: `difference` says why. */
	readonly breaks: readonly string[];
	/** Why no promise falls, where only the difference from the model shows it. */
	readonly difference?: string;
	/** The decisions of the app server that are wrong. */
	readonly rules?: Partial<Rules>;
	/** The decisions of the agent that are wrong. */
	readonly agentRules?: Partial<AgentRules>;
}

/** The reference with the bug in it. */
export const deviating = ({ id, name, rules, agentRules }: Deviation): System =>
	reference(
		{
			...(rules === undefined ? {} : { rules }),
			...(agentRules === undefined ? {} : { agentRules }),
		},
		`reference, ${id} (${name})`,
	);

/** Its name as a file. */
export const fileOf = ({ id, name }: Deviation): string =>
	`${id.toLowerCase()}-${name.replaceAll(' ', '-')}`;
