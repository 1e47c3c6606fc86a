import { VERDICTS } from '../wording/verdicts.ts';

const FILTERS = [
	{ value: 'all', words: 'all' },
	...(['violated', 'unknown', 'holds'] as const).map((verdict) => ({
		value: verdict,
		words: `${VERDICTS[verdict].glyph} ${VERDICTS[verdict].word}`,
	})),
];

/** What folds, searches and filters the page; without script all of it is one click away, and this is not shown. */
export const Tools = () => (
	<div class="tools" data-tools hidden>
		<fieldset>
			<legend>Show what is</legend>
			{FILTERS.map(({ value, words }) => (
				<label>
					<input type="radio" name="verdict" value={value} checked={value === 'all'} /> {words}
				</label>
			))}
		</fieldset>
		<label class="search">
			Search
			<input type="search" data-search autocomplete="off" spellcheck={false} />
		</label>
		<p data-found aria-live="polite" />
		<div>
			<button type="button" data-fold="open">
				Open all
			</button>
			<button type="button" data-fold="close">
				Close all
			</button>
		</div>
	</div>
);
