import { reviewMarkdown } from './markdown/review.ts';
import { page, type Turn } from './page/page.tsx';
import type { ReviewInput } from './review/input.ts';
import { REVIEW } from './write.ts';
import type { Report } from './write-together.ts';

/**
 * Draws `review.html` and `review.md`, to be written together with what they tell of.
 *
 * @param turn waited for between the steps of drawing; what it throws ends the drawing.
 */
export const drawReview = async (input: ReviewInput, turn: Turn): Promise<Report[]> => [
	[REVIEW[0], await page(input, turn)],
	[REVIEW[1], reviewMarkdown(input)],
];
