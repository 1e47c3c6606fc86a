import { headline } from '../review/headline.ts';
import type { ReviewInput } from '../review/input.ts';
import { grouped } from '../wording/figures.ts';
import { shown } from './parts.tsx';

const GLYPH = { holds: '✓', violated: '✕', unknown: '?' } as const;
const WORD = { holds: 'Holds', violated: 'Broken', unknown: 'Unknown' } as const;

/** The verdict in one sentence, its bound, and a few numbers to judge its weight by. */
export const Masthead = ({ input }: { input: ReviewInput }) => {
	const { verdict, sentence, bound } = headline(input);
	return (
		<header class="masthead">
			<p class="kicker">Design review · automatic retry of CI tasks</p>
			<h1 class={`verdict ${verdict}`}>
				<span class="glyph" aria-hidden="true">
					{GLYPH[verdict]}
				</span>
				<span>
					<span class="word">{WORD[verdict]}.</span> {shown(sentence)}
				</span>
			</h1>
			<p class="bound">
				<strong>The bound.</strong> {shown(bound)}
			</p>
			<Weights input={input} />
		</header>
	);
};

const Weights = ({ input: { evidence, designs } }: { input: ReviewInput }) => {
	if (evidence === null) return null;
	const { guarantees, checks, machines, canary, stories } = evidence;
	const kept = guarantees.filter(({ verdict }) => verdict === 'holds').length;
	const states = checks.reduce((sum, check) => sum + check.states, 0);
	const transitions = machines.reduce((sum, machine) => sum + machine.transitions, 0);
	const taken = machines.reduce((sum, machine) => sum + machine.taken, 0);
	const tried = designs?.designs.length ?? 0;
	return (
		<dl class="weights">
			<Weight what="guarantees kept" value={`${kept} of ${guarantees.length}`} />
			<Weight what="designs on trial" value={`${tried} of 4`} />
			<Weight what="stories judged" value={grouped(stories)} />
			<Weight what="states gone through" value={grouped(states)} />
			<Weight what="transitions taken" value={`${taken} of ${transitions}`} />
			<Weight what="canary" value={canary.caught ? '✓ caught' : '✕ missed'} />
		</dl>
	);
};

const Weight = ({ what, value }: { what: string; value: string }) => (
	<div>
		<dt>{what}</dt>
		<dd>{value}</dd>
	</div>
);
