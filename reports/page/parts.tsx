import type { Child } from 'hono/jsx';
import { printable } from '../../model/vocabulary/printable.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { VERDICTS } from '../wording/verdicts.ts';

/** A verdict: colour only repeats what glyph and word say. */
export const Mark = ({ verdict, word }: { verdict: Verdict | null; word?: string }) => (
	<span class={`mark ${verdict ?? 'untried'}`}>
		<span class="glyph" aria-hidden="true">
			{VERDICTS[verdict ?? 'untried'].glyph}
		</span>{' '}
		{printable(word ?? VERDICTS[verdict ?? 'untried'].word)}
	</span>
);

/** Text from evidence: names in it come from files and may be anything. It stays inside its line and box. */
export const Said = ({ children }: { children: string }) => (
	<bdi class="said">{printable(children)}</bdi>
);

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
export const Scrolls = ({ label, children }: { label: string; children?: Child }) => (
	<div class="scrolls" role="region" aria-label={label} tabindex={0}>
		{children}
	</div>
);
