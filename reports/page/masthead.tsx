import { headline } from '../review/headline.ts';
import type { ReviewInput } from '../review/input.ts';
import { VERDICTS } from '../wording/verdicts.ts';
import { sanitized } from './parts.tsx';

/** The verdict in one sentence, its bound, and a few numbers to judge its weight by. */
export const Masthead = ({ input }: { input: ReviewInput }) => {
	const { verdict, sentence, bound, tallies } = headline(input);
	const { glyph, word } = VERDICTS[verdict];
	return (
		<header class="masthead">
			<p class="kicker">Design review · automatic retry of CI tasks</p>
			<h1 class={`verdict ${verdict}`}>
				<span class="glyph" aria-hidden="true">
					{glyph}
				</span>
				<span>
					<span class="word">{word.charAt(0).toUpperCase() + word.slice(1)}.</span>{' '}
					{sanitized(sentence)}
				</span>
			</h1>
			<p class="bound">
				<strong>The bound.</strong> {sanitized(bound)}
			</p>
			{tallies.length === 0 ? null : (
				<dl class="weights">
					{tallies.map((tally) => (
						<Weight {...tally} />
					))}
				</dl>
			)}
		</header>
	);
};

const Weight = ({ what, value }: { what: string; value: string }) => (
	<div>
		<dt>{what}</dt>
		<dd>{value}</dd>
	</div>
);
