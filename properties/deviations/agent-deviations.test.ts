import { expect, test } from 'vitest';
import type { AgentVariant } from '../../impl/agent/variant.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { reference } from '../systems/reference.ts';
import { BEGIN, SETUP } from '../testing/stories.ts';
import { replaying, trial } from '../trial/trial.ts';

/** Agents that are wrong in one decision, before an app server that is right: the guarantee that falls, and where. */

const ends = (outcome: 'succeeded' | 'failed'): Event => ({
	kind: 'command-ends',
	host: 'h1',
	outcome,
});

/** A flagged command, and one that cleans up. */
const CLEANING = Setup.parse({
	...SETUP,
	project: { ...SETUP.project, post: [{ command: 'upload' }] },
});

test.each<[string, string, Partial<AgentVariant>, Setup, readonly Event[]]>([
	[
		'asks for no restart when a flagged command has failed',
		'L1',
		{ agentAsks: false },
		SETUP,
		[...BEGIN, ends('failed')],
	],
	[
		'asks in post too, where a failure fails nothing',
		'S4',
		{
			arrange: ({ after, ...others }) => ({ ...others, after: { ...after, canFailTask: true } }),
		},
		Setup.parse({
			...CLEANING,
			project: { ...CLEANING.project, post: [{ command: 'upload', retry_on_failure: true }] },
		}),
		[...BEGIN, ends('succeeded'), ends('failed')],
	],
	[
		'leaves out what cleans up',
		'L3',
		{ arrange: ({ after, ...others }) => ({ ...others, after: { ...after, commands: [] } }) },
		CLEANING,
		[...BEGIN, ends('succeeded')],
	],
])('an agent that %s breaks %s', async (what, breaks, agent, setup, events) => {
	const broken = reference({ agent }, `reference, whose agent ${what}`);
	const { finding } = await trial([broken], setup, replaying(events));
	expect(finding).toMatchObject({
		kind: 'violated',
		guarantee: breaks,
		index: events.length - 1,
	});
	expect((await trial([reference()], setup, replaying(events))).finding).toBeNull();
});
