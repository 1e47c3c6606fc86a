import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewMarkdown } from './markdown/review.ts';
import { page } from './page/page.tsx';
import type { ReviewInput } from './review/input.ts';
import { OUT } from './write.ts';

/**
 * Writes `review.html` and `review.md`, each whole or not at all. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export async function writeReview(input: ReviewInput, folder: string = OUT): Promise<string[]> {
	const reviews = (
		[
			['review.html', await page(input)],
			['review.md', reviewMarkdown(input)],
		] as const
	).map(([name, content]) => {
		const path = join(folder, name);
		return { path, draft: `${path}.${process.pid}.tmp`, content };
	});
	mkdirSync(folder, { recursive: true });
	try {
		for (const { draft, content } of reviews) writeFileSync(draft, content);
		for (const { path, draft } of reviews) renameSync(draft, path);
	} finally {
		for (const { draft } of reviews) rmSync(draft, { force: true });
	}
	return reviews.map(({ path }) => path);
}
