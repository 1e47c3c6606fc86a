import { reviewMarkdown } from './markdown/review.ts';
import { page } from './page/page.tsx';
import type { ReviewInput } from './review/input.ts';
import { OUT, writeWhole } from './write.ts';

/**
 * Writes `review.html` and `review.md`, each whole or not at all. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeReview = async (input: ReviewInput, folder: string = OUT): Promise<string[]> =>
	writeWhole(folder, [
		['review.html', await page(input)],
		['review.md', reviewMarkdown(input)],
	]);
