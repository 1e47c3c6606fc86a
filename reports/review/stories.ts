import { plural } from '../wording/figures.ts';
import { answerOfStories } from './answers.ts';
import { type Broken, nothingFound } from './broken.ts';
import { missing } from './designs.ts';
import type { Block, Section } from './document.ts';
import type { ReviewInput } from './input.ts';

const GROUPS = [
	{ kind: 'finding', title: 'Found in what was put on trial' },
	{ kind: 'design', title: 'Why the other designs fall' },
	{ kind: 'canary', title: 'What had to be caught' },
] as const satisfies readonly { readonly kind: Broken['kind']; readonly title: string }[];

/** Each broken promise as a story. `cut`: how many there are besides. */
export function stories(input: ReviewInput, drawn: readonly Broken[], cut: number): Section {
	const none = nothingFound(input, drawn);
	return {
		id: 'stories',
		title: 'Stories of broken promises',
		short: 'Stories',
		answer: answerOfStories(drawn),
		lead: 'Each is the shortest story known; ⚡ marks a fault, ✕ the first broken event.',
		handling: 'Step through it with the buttons, or with the arrow keys while it has the focus.',
		blocks: [
			...missing(input, 'Stories of the other designs are not here (no designs.json).'),
			...GROUPS.flatMap(({ kind, title }): Block[] => {
				const mine = drawn.filter((one) => one.kind === kind);
				const nothing = kind === 'finding' ? none : null;
				if (mine.length === 0 && nothing === null) return [];
				return [
					{ kind: 'heading', title },
					...(nothing === null ? [] : [{ kind: 'paragraph' as const, text: [nothing] }]),
					...mine.map((one) => ({
						...one,
						kind: 'story' as const,
						isFirst: one === drawn[0],
					})),
				];
			}),
			...(cut === 0
				? []
				: [
						{
							kind: 'paragraph' as const,
							cut: true,
							text: [
								`${plural(cut, 'story')} could not be drawn within the size of this page; the evidence holds ${cut === 1 ? 'it' : 'them'}.`,
							],
						},
					]),
		],
	};
}
