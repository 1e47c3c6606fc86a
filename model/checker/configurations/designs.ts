import { DESIGNS } from '../../catalogue/index.ts';
import type { Bounds } from '../../vocabulary/bounds.ts';
import type { Design } from '../../vocabulary/design.ts';
import { underDesign } from '../../vocabulary/setup.ts';
import type { Configuration } from './configuration.ts';
import { configurationSetup, flagged, instances, plain, type Sized } from './sized.ts';
import { dependents } from './units.ts';

/** A command that is suspected, one that is not, and one in a block that cannot fail the task. */
const intent: Sized = {
	name: 'intent',
	covers:
		'A flagged command, one without the flag, and a flagged one in post, which cannot fail the task: each may end in every way.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project'), plain('shell.exec')] }],
			post: [flagged('upload')],
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: { messages: 1 },
	standard: { messages: 2, aborts: 1, beats: 1 },
	deep: { losses: 1, crashes: 1, restarts: 1 },
};

/** The flag inside a function and on its call, and a post that can fail the task. */
const members: Sized = {
	name: 'members',
	covers:
		'A command without the flag, a function with the flag on one of its members and on its call, and a flagged command in post, which can fail the task.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [
				{
					name: 'compile',
					commands: [plain('configure'), { func: 'download', retry_on_failure: true }],
				},
			],
			functions: { download: [plain('log in'), flagged('fetch')] },
			post: [flagged('upload')],
			post_error_fails_task: true,
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 1 },
	}),
	quick: { messages: 1, outcomes: ['succeeded', 'failed', 'timed-out-exec'] },
	standard: { messages: 2, aborts: 1, losses: 1 },
	deep: { crashes: 1, restarts: 1, beats: 1 },
};

/** Forgers of every kind beside two tasks that share a slot a day. */
const strangers: Sized = {
	name: 'strangers',
	covers: 'Two tasks that share a quota of one slot a day, and requests without the right secrets.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: instances(2),
		hosts: ['host-1'],
		policy: { daily_limit: 1, call_attempts: 1 },
	}),
	quick: {
		messages: 1,
		outcomes: ['succeeded', 'failed'],
		forgeries: 1,
		forged: [
			{ route: 'mark', credentials: 'other-task' },
			{ route: 'end', credentials: 'previous-execution' },
		],
	},
	standard: { aborts: 1, messages: 2 },
	deep: { restarts: 1, losses: 1, crashes: 1 },
};

/** What may go wrong between a host and the server. */
const breakage: Sized = {
	name: 'breakage',
	covers:
		'Messages lost and repeated, calls given up, a crash of the app server before and after a commit, and an agent that dies.',
	setup: configurationSetup({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [flagged('git.get_project')] }],
		},
		tasks: instances(1),
		hosts: ['host-1'],
		policy: { call_attempts: 2 },
	}),
	quick: { messages: 1, outcomes: ['failed'], losses: 1, crashes: 1, deaths: 1 },
	standard: { outcomes: ['succeeded', 'failed'], messages: 2, repeats: 1, abandons: true },
	deep: { messages: 3, aborts: 1, restarts: 1, beats: 1 },
};

/** What all designs are put through alike, small ones first. */
export const designConfigurations: readonly Sized[] = [
	intent,
	members,
	strangers,
	dependents,
	breakage,
];

/** A configuration under a design, with the stranger whom this design lets in, once in a run. */
export function configuredUnder(configuration: Configuration, design: Design): Configuration {
	const { bounds } = configuration;
	const setup = underDesign(configuration.setup, design);
	const { stranger } = DESIGNS[design];
	if (stranger === null) return { ...configuration, setup };
	const more: Bounds =
		'forged' in stranger
			? {
					...bounds,
					forged: [...(bounds.forged ?? []), ...stranger.forged],
					forgeries: bounds.forgeries || 1,
				}
			: {
					...bounds,
					posted: [...(bounds.posted ?? []), ...stranger.posted],
					posts: bounds.posts || 1,
				};
	return { ...configuration, setup, bounds: more };
}
