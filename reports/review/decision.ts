import type { Design } from '../../model/vocabulary/design.ts';

/** What was decided on 2023-11-20, in our own words; the guarantees and claims below refer to it. */
export const DECISION = {
	problem:
		'Tasks of the CI system fail now and then for reasons that pass by themselves: a download, a host, a network. People restart them by hand. Teams asked that such a task be restarted by the system, once, and only where they expect it.',
	chosen:
		'A command may carry a flag. When such a command fails its task, the agent asks the app server for a mark, and the app server restarts the task when it ends.',
} as const;

/** An option of the decision record: what it is, and why it was taken or left. */
export interface Option {
	readonly option: number;
	readonly design: Design;
	readonly name: string;
	readonly what: string;
	readonly fate: 'chosen' | 'rejected';
	readonly why: string;
	/** Claim about it that a machine can check. */
	readonly claim: string;
	/** Guarantees that the claim is about. */
	readonly guarantees: readonly string[];
}

export const OPTIONS: readonly Option[] = [
	{
		option: 1,
		design: 'rest',
		name: 'REST endpoint',
		what: 'A script in the task calls a public endpoint with the key of a service user.',
		fate: 'rejected',
		why: 'Each team would have to ask for a service user and its permissions, and whoever gets hold of the key can mark tasks that are not theirs.',
		claim: 'R1',
		guarantees: ['S2', 'S8'],
	},
	{
		option: 2,
		design: 'local-api',
		name: 'local status API',
		what: 'Any process on the host tells the agent, which passes the wish on with the end of the task.',
		fate: 'rejected',
		why: 'The agent would carry requests past the authentication of the app server for whoever runs on the host; its local API is meant for less than that.',
		claim: 'R2',
		guarantees: ['S8'],
	},
	{
		option: 3,
		design: 'auto-retry',
		name: 'auto.retry command',
		what: 'A command of its own asks for the restart at the place where it stands in the list.',
		fate: 'rejected',
		why: 'It needs the same endpoint, but it stands apart from the command that fails: it cannot say which one that was.',
		claim: 'R3',
		guarantees: ['S2', 'L1'],
	},
	{
		option: 4,
		design: 'flag',
		name: 'flag on the command',
		what: 'Any command may carry the flag; its failure, and no other, makes the agent ask.',
		fate: 'chosen',
		why: 'It names the very commands that are expected to fail for passing reasons, and nothing but the agent ever asks.',
		claim: 'R4',
		guarantees: [],
	},
];

export const nameOf = (design: Design): string =>
	OPTIONS.find((option) => option.design === design)?.name ?? design;
