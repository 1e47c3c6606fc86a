import { z } from 'zod';
import { STORY_LENGTH, TOKEN_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { Count, Text } from './verdict.ts';

/** Most stories told for reading in one evidence file; a longer one than a story can be loses its end. */
export const MAX_STORIES = 200;
export const MAX_NARRATED_EVENTS = STORY_LENGTH;

/** Somebody who takes part in a story: an agent on its host, the app server, a user, or a stranger. */
export const Lane = z.strictObject({
	kind: z.enum(['agent', 'server', 'user', 'stranger']),
	name: Text,
	/** It is not there when the story begins: its lane begins with the arrow that says so. */
	late: z.literal(true).optional(),
});
export type Lane = z.infer<typeof Lane>;

/** A message, from lane to lane (places in the list of lanes). */
export const Arrow = z.strictObject({
	from: Count,
	to: Count,
	label: Text,
	/** `sent`: on its way from now on; `held`: its handler stands before its first change; `lost`: never arrives; `repeated`: a second copy is on its way. */
	fate: z.enum(['sent', 'arrives', 'held', 'lost', 'repeated']),
	/** The lane to which it goes begins with it, or ends for good. */
	life: z.enum(['begins', 'ends']).optional(),
});
export type Arrow = z.infer<typeof Arrow>;

/** One event, in words. */
export const NarratedEvent = z.strictObject({
	sentence: Text,
	/** Something went wrong on purpose: a lost message, a crash, a forged request. */
	fault: z.boolean(),
	/** Whether it belongs to the story, or to its coming to rest. */
	part: z.enum(['story', 'rest']),
	arrow: Arrow.nullable(),
	/** Where it happens, if it is no message: the place of a lane; null: everywhere, such as time. */
	lane: Count.nullable(),
	/** What changed, a sentence each. */
	changes: z.array(Text).max(100),
});
export type NarratedEvent = z.infer<typeof NarratedEvent>;

/** A story told for reading: who takes part, what happened, what it changed, what it broke. */
export const NarratedStory = z.strictObject({
	/** `mulligan replay <token>` plays it. */
	token: z.string().max(TOKEN_LENGTH),
	/** Id of the guarantee that it is about; null: whatever breaks first. */
	about: z.string().nullable(),
	/** The system whose observations are told. */
	system: Text,
	/** Tasks, hosts and policy, in a sentence. */
	setup: Text,
	lanes: z.array(Lane).max(20),
	events: z.array(NarratedEvent).max(MAX_NARRATED_EVENTS),
	/** Events at the end that are not told. */
	left_out: Count,
	/** The first thing found wrong, at the event of that index; null: nothing was. */
	broken: z
		.strictObject({ index: z.int().min(-1), guarantee: z.string().nullable(), sentence: Text })
		.nullable(),
});
export type NarratedStory = z.infer<typeof NarratedStory>;
