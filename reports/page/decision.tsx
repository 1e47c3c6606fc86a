import { DECISION, OPTIONS } from '../review/decision.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { designsCommand } from '../wording/commands.ts';
import { Said, Section } from './parts.tsx';

const CLAIMS = {
	confirmed: { glyph: '✓', tone: 'holds' },
	refuted: { glyph: '✕', tone: 'violated' },
	'not shown': { glyph: '?', tone: 'unknown' },
} as const;

/** What was decided, and why the other options fell. */
export const DecisionSection = ({ input }: { input: ReviewInput }) => (
	<Section
		id="decision"
		title="The decision"
		lead={DECISION.problem}
		source={input.designs === null ? null : designsCommand(input.designs)}
	>
		<p class="chosen">
			<strong>Decided.</strong> {DECISION.chosen}
		</p>
		<ol class="options">
			{OPTIONS.map(({ name, what, why, fate, claim }) => {
				const found = input.designs?.claims.find(({ id }) => id === claim);
				return (
					<li class={fate}>
						<h3>
							{name}{' '}
							<span class="fate">
								<span aria-hidden="true">{fate === 'chosen' ? '●' : '○'}</span> {fate}
							</span>
						</h3>
						<p>{what}</p>
						<p>{why}</p>
						<p class="claim">
							{found === undefined ? (
								<>
									<span class="mark untried">{claim}: not put on trial</span> run{' '}
									<code>{makesFor(input).designs}</code>
								</>
							) : (
								<>
									<span class={`mark ${CLAIMS[found.verdict].tone}`}>
										<span class="glyph" aria-hidden="true">
											{CLAIMS[found.verdict].glyph}
										</span>{' '}
										{claim} {found.verdict}
									</span>{' '}
									<Said>{found.because}</Said>
								</>
							)}
						</p>
					</li>
				);
			})}
		</ol>
	</Section>
);
