import { reviewMarkdown } from './markdown/review.ts';
import { page } from './page/page.tsx';
import type { ReviewInput } from './review/input.ts';
import { OUT, REVIEW } from './write.ts';
import { writeTogether } from './write-together.ts';

/**
 * Writes `review.html` and `review.md`, each whole or not at all. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeReview = async (input: ReviewInput, folder: string = OUT): Promise<string[]> =>
	writeTogether(folder, [
		[REVIEW[0], await page(input)],
		[REVIEW[1], reviewMarkdown(input)],
	]);
