import type { Child } from 'hono/jsx';
import { printable } from '../../model/vocabulary/printable.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { anchorOfWord, MEANINGS } from '../wording/glossary.ts';
import { VERDICTS } from '../wording/verdicts.ts';

/** A verdict: colour only repeats what glyph and word say. */
export const Mark = ({ verdict, word }: { verdict: Verdict | null; word?: string }) => (
	<span class={`mark ${verdict ?? 'untried'}`}>
		<span class="glyph" aria-hidden="true">
			{VERDICTS[verdict ?? 'untried'].glyph}
		</span>{' '}
		<span class="verdict-word">{printable(word ?? VERDICTS[verdict ?? 'untried'].word)}</span>
	</span>
);

/** Text from evidence: names in it come from files and may be anything. It stays inside its line and box. */
export const Said = ({ children }: { children: string }) => (
	<bdi class="said">{printable(children)}</bdi>
);

/** A guarantee or claim: words first, its code behind them. */
export const Named = ({ id, name }: { id: string; name: string }) =>
	name === '' ? (
		<b>{printable(id)}</b>
	) : (
		<>
			{printable(name.replaceAll('-', ' '))} <span class="code">({printable(id)})</span>
		</>
	);

/** What the reader's filter looks at: a row that has none of the wanted verdicts is not shown. */
export const filtered = (verdicts: readonly (Verdict | null)[]) => ({
	'data-verdicts': [...new Set(verdicts.map((verdict) => verdict ?? 'untried'))].join(' '),
});

/** Longer words first: a task group is no task. */
const WORD = new RegExp(
	`\\b(?:${Object.keys(MEANINGS)
		.toSorted((one, other) => other.length - one.length)
		.join('|')})\\b`,
	'g',
);

/** Words of ours in which each term is explained where it comes first, and leads to where all of them stand. */
export const Explained = ({ children }: { children: string }) => {
	const text = printable(children);
	const parts: Child[] = [];
	const seen = new Set<string>();
	let from = 0;
	for (const { 0: word, index } of text.matchAll(WORD)) {
		if (seen.has(word)) continue;
		seen.add(word);
		parts.push(
			text.slice(from, index),
			<a class="term" href={`#${anchorOfWord(word)}`} title={MEANINGS[word]}>
				{word}
			</a>,
		);
		from = index + word.length;
	}
	return (
		<>
			{parts}
			{text.slice(from)}
		</>
	);
};

/** The heads of a table's columns; those of `numbers` are set as numbers are. */
export const Heads = ({
	of,
	numbers = [],
}: {
	of: readonly string[];
	numbers?: readonly string[];
}) => (
	<thead>
		<tr>
			{of.map((name) =>
				numbers.includes(name) ? (
					<th scope="col" class="number">
						{name}
					</th>
				) : (
					<th scope="col">{name}</th>
				),
			)}
		</tr>
	</thead>
);

/** A command to copy. */
export const Shell = ({ children, label }: { children: string; label?: string }) => (
	<div class="shell">
		<code tabindex={0} role="group" aria-label={label ?? 'command'}>
			{printable(children)}
		</code>
		<button type="button" data-copies hidden>
			Copy
		</button>
	</div>
);

/** Numbers at a glance: a value, and beside it how far off it may be. */
export const Weights = ({ of }: { of: readonly { what: string; value: string }[] }) => (
	<dl class="weights">
		{of.map(({ what, value }) => {
			const [mean, interval] = value.split(' (');
			return (
				<div>
					<dt>{what}</dt>
					<dd>
						{mean}
						{interval === undefined ? null : (
							<>
								{' '}
								<small>{interval.replace(')', '')}</small>
							</>
						)}
					</dd>
				</div>
			);
		})}
	</dl>
);

/** What may be wider than the page scrolls by itself, by keyboard too. */
export const Scrolls = ({
	label,
	tall = false,
	children,
}: {
	label: string;
	/** Whether it may be higher than the window, too: then its head stays in sight. */
	tall?: boolean;
	children?: Child;
}) => (
	<div class={tall ? 'scrolls tall' : 'scrolls'} role="region" aria-label={label} tabindex={0}>
		{children}
	</div>
);
