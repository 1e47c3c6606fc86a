import { reviewMarkdown } from './markdown/review.ts';
import { page } from './page/page.tsx';
import type { ReviewInput } from './review/input.ts';
import { OUT, REVIEW } from './write.ts';
import { writeTogether } from './write-together.ts';

/**
 * Writes `review.html` and `review.md`, both or none. Returns the paths.
 *
 * @param isUnwanted asked once it is drawn: true leaves it unwritten, and gives null.
 * @throws an error of the file system when the folder cannot be written.
 */
export async function writeReview(
	input: ReviewInput,
	folder: string = OUT,
	isUnwanted: () => boolean = () => false,
): Promise<string[] | null> {
	const html = await page(input);
	const markdown = reviewMarkdown(input);
	if (isUnwanted()) return null;
	return writeTogether(folder, [
		[REVIEW[0], html],
		[REVIEW[1], markdown],
	]);
}
