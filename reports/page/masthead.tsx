import { printable } from '../../model/vocabulary/printable.ts';
import type { Review } from '../review/document.ts';
import { VERDICTS } from '../wording/verdicts.ts';
import { Weights } from './parts.tsx';

/** The verdict in one sentence, its bound, and a few numbers to judge its weight by. */
export const Masthead = ({ title, headline }: Pick<Review, 'title' | 'headline'>) => {
	const { verdict, sentence, bound, tallies } = headline;
	const { glyph, word } = VERDICTS[verdict];
	return (
		<header class="masthead">
			<p class="kicker">
				{title.what} · {title.of}
			</p>
			<h1 class={`verdict ${verdict}`}>
				<span class="glyph" aria-hidden="true">
					{glyph}
				</span>
				<span>
					<span class="word">{word.charAt(0).toUpperCase() + word.slice(1)}.</span>{' '}
					{printable(sentence)}
				</span>
			</h1>
			<p class="bound">
				<strong>The bound.</strong> {printable(bound)}
			</p>
			{tallies.length === 0 ? null : <Weights of={tallies} />}
		</header>
	);
};
