import { z } from 'zod';

/** Longest description of an end, and longest name of a command, in characters (lifecycle 1.5, `EndTaskMessageLimit`). */
export const MAX_DESC_LENGTH = 500;
/** Most tags of one execution, and the longest. */
const MAX_TAGS = 100;
const MAX_TAG_LENGTH = 300;

/**
 * What processes on a host say about the end of their execution, in their own words (lifecycle 4.5), and
 * the command that the agent names as the cause of a failure (lifecycle 4.2). Nothing is decided by it, so that it is no part of the details that are judged.
 */
export const Remarks = z
	.strictObject({
		desc: z.string(),
		failure_metadata_tags: z.array(z.string()).readonly(),
		failing_command: z.string().optional(),
	})
	.meta({
		id: 'Remarks',
		description:
			"What the task's own processes said about its end, and the command that failed it.",
	});
export type Remarks = z.infer<typeof Remarks>;

/** Remarks as they are kept, of whatever was said; null when that is nothing. */
export function remarksOf(
	desc: string,
	tags: readonly string[],
	failingCommand = '',
): Remarks | null {
	const said = tags.map((tag) => cut(tag, MAX_TAG_LENGTH)).filter((tag) => tag !== '');
	const failure_metadata_tags = [...new Set(said)].slice(0, MAX_TAGS);
	if (desc === '' && failure_metadata_tags.length === 0 && failingCommand === '') return null;
	return {
		desc: cut(desc, MAX_DESC_LENGTH),
		failure_metadata_tags,
		...(failingCommand === '' ? {} : { failing_command: cut(failingCommand, MAX_DESC_LENGTH) }),
	};
}

/** No store keeps NUL and halves of surrogate pairs; an end must not be refused because of them. */
const ODD = /[\0\p{Surrogate}]/gu;

const cut = (text: string, most: number): string =>
	text
		.slice(0, most)
		.replace(/[\uD800-\uDBFF]$/, '')
		.replace(ODD, '\uFFFD');
