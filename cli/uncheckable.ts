import { isUncheckable } from '../model/vocabulary/stories/story.ts';

/** Says on stderr, once, that tokens of the first version are among these, and what that means. */
export function warnOfUncheckable(tokens: readonly (string | null)[]): void {
	const count = tokens.filter((token) => token !== null && isUncheckable(token)).length;
	if (count > 0)
		console.error(
			`warning: ${count === 1 ? 'a token that begins' : `${count} tokens that begin`} with "v1." cannot be checked: had a character changed, it might hold another story`,
		);
}
