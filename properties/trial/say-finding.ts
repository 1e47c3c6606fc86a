import {
	STORY_LENGTH,
	type Story,
	TOKEN_LENGTH,
	toToken,
} from '../../model/vocabulary/stories/story.ts';
import type { Finding } from './trial.ts';

/** One sentence for a finding. */
export function sayFinding(finding: Finding): string {
	switch (finding.kind) {
		case 'violated':
			return finding.sentence;
		case 'diverged': {
			const { path, left, right } = finding.difference;
			const [first, second] = finding.systems;
			return `${first} and ${second} differ in ${path}: ${first} shows ${JSON.stringify(left)}, ${second} ${JSON.stringify(right)}`;
		}
		case 'broke down':
			return `${finding.system} broke down: ${finding.message}`;
	}
}

/** The token of a story, or null where the story is too large for one. */
export function tokenOf(story: Story): string | null {
	if (story.events.length > STORY_LENGTH) return null;
	const token = toToken(story);
	return token.length > TOKEN_LENGTH ? null : token;
}
