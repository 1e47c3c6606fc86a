import type { z } from 'zod';
import type { Bounds } from '../../vocabulary/bounds.ts';
import { Setup } from '../../vocabulary/setup.ts';
import type { Configuration } from './configuration.ts';

/** How long a check may take: all configurations together in about 15 seconds, 2 minutes, or hours. */
export const PROFILES = ['quick', 'standard', 'deep'] as const;
export type Profile = (typeof PROFILES)[number];

/** A configuration in three sizes: what is said of a larger one adds to, or replaces, what holds for the smaller. */
export interface Sized {
	/** One word or a few with hyphens, as it is called on the command line. */
	readonly name: string;
	/** One sentence on what it covers. */
	readonly covers: string;
	readonly setup: Setup;
	/** The smallest profile that it belongs to; in a smaller one it is checked only where it is named. */
	readonly from?: 'standard';
	readonly quick: Bounds;
	readonly standard: Partial<Bounds>;
	readonly deep: Partial<Bounds>;
}

/** Whether a configuration is one of all of a profile. */
export const belongsTo = ({ from }: Sized, profile: Profile): boolean =>
	from === undefined || profile !== 'quick';

export function sizedTo(
	{ name, covers, setup, quick, standard, deep }: Sized,
	profile: Profile,
): Configuration {
	const bounds = {
		...quick,
		...(profile === 'quick' ? {} : standard),
		...(profile === 'deep' ? deep : {}),
	};
	return { name, covers, setup, bounds };
}

/** A setup of a project whose tasks are called after the instances of them. */
export const configurationSetup = (setup: z.input<typeof Setup>): Setup => Setup.parse(setup);

/** A command with the flag, and one without. */
export const flagged = (command: string) => ({ command, retry_on_failure: true }) as const;
export const plain = (command: string) => ({ command }) as const;

/** A project of a single-host group of these tasks, in their order, each with its commands, and an instance of each. */
export const singleHostGroup = (
	commands: Readonly<Record<string, ReturnType<typeof plain>[]>>,
	blocks: { readonly setup_group?: ReturnType<typeof plain>[] } = {},
) => {
	const names = Object.keys(commands);
	return {
		project: {
			id: 'project',
			tasks: names.map((name) => ({ name, commands: commands[name] ?? [] })),
			task_groups: [{ name: 'group', tasks: names, max_hosts: 1, ...blocks }],
		},
		tasks: names.map((task) => ({ id: task, task, variant: 'linux', group: 'group' })),
	};
};

/** So many tasks of the same name and variant. */
export const instances = (count: number, task = 'compile') =>
	Array.from({ length: count }, (_, index) => ({
		id: count === 1 ? task : `${task}-${index + 1}`,
		task,
		variant: 'linux',
	}));
