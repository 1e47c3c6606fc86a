import type { Design } from '../../model/vocabulary/design.ts';
import { designOf } from '../../model/vocabulary/setup.ts';
import { fromToken, TokenError } from '../../model/vocabulary/stories/story.ts';
import { never } from './said.ts';

/** Something that was found, with its story. */
export interface Shown {
	readonly name: string;
	readonly events: number | null;
	readonly token: string | null;
	/** The design that it has to be of; null: any. */
	readonly design: Design | null;
}

/** The story in a token is as long as is said, and of the design that was tried. */
export const tokenContradictions = (all: readonly Shown[]): string[] =>
	all.flatMap(({ name, events, token, design }) => {
		if (token === null) return [];
		try {
			const { setup, events: told } = fromToken(token);
			const own = designOf(setup);
			return [
				...never(
					events !== told.length,
					`${name} is said to be shown in ${events} events, but its story has ${told.length}`,
				),
				...never(
					design !== null && own !== design,
					`${name} is said to be of the design ${design}, but its story is of ${own}`,
				),
			];
		} catch (error) {
			if (error instanceof TokenError) return [`${name}: ${error.message}`];
			throw error;
		}
	});
