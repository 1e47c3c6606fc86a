import { type Override, overrideOf } from '../systems/fault.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { DEPLOYED_AGENT_RULES, SERVER_RULES } from './evergreen.ts';

/** A system as it is deployed: the reference with all its known bugs at once, as far as they can be told together. */
export interface Deployed {
	readonly what: string;
	/** The rows of the tables that are in it. */
	readonly rows: readonly string[];
	readonly override: Override;
}

const SERVER_ROWS = [
	'D1a',
	'D1c',
	'D1e',
	'D1f',
	'D2',
	'D4',
	'D5',
	'D9',
	'D10a',
	'D10b',
	'D10c',
	'D21',
	'D22',
];
const AGENT_ROWS = ['F1', 'F2', 'F5', 'F7', 'F8', 'F9', 'F12', 'F13', 'N1'];

/** The systems that are deployed, by the names under which a user asks for them. */
export const DEPLOYED = {
	'evergreen-server-953ae91': {
		what: 'the app server as deployed, with correct agents',
		rows: SERVER_ROWS,
		override: { rules: SERVER_RULES },
	},
	'evergreen-agent-953ae91': {
		what: 'agents as deployed, with a correct app server',
		rows: AGENT_ROWS,
		override: { agentRules: DEPLOYED_AGENT_RULES },
	},
	'evergreen-953ae91': {
		what: 'app server and agents as deployed',
		rows: [...SERVER_ROWS, ...AGENT_ROWS],
		override: { rules: SERVER_RULES, agentRules: DEPLOYED_AGENT_RULES },
	},
} as const satisfies Readonly<Record<string, Deployed>>;

export type DeployedName = keyof typeof DEPLOYED;

export const DEPLOYED_NAMES = Object.keys(DEPLOYED) as DeployedName[];

export const deployed = (name: DeployedName): System =>
	reference(overrideOf(DEPLOYED[name].override), name);
