import type { Evidence } from '../evidence/evidence.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { sayBounds } from '../wording/bounds.ts';
import { fateOf } from '../wording/canary.ts';
import { verifyCommand } from '../wording/commands.ts';
import { sayUnknown } from '../wording/ending.ts';
import { grouped, plural } from '../wording/figures.ts';
import { Heads, Mark, Missing, Said, Scrolls, Section, sanitized } from './parts.tsx';

/** What was exercised, and what shows that a fault would have been seen. */
export const CoverageSection = ({ input }: { input: ReviewInput }) => (
	<Section
		id="coverage"
		title="How hard it was tried"
		lead="A guarantee that was never exercised is unknown, not kept. A verification that misses its canary proves nothing."
		source={input.evidence === null ? null : verifyCommand(input.evidence)}
	>
		{input.evidence === null ? (
			<Missing what="There is no evidence of a verification." command={makesFor(input).evidence} />
		) : (
			<>
				<Canary canary={input.evidence.canary} />
				<Sources sources={input.evidence.sources} />
				<Checks checks={input.evidence.checks} />
				<Guarantees guarantees={input.evidence.guarantees} />
				<Warnings project={input.evidence.project} />
			</>
		)}
	</Section>
);

/** What is said of a canary, by what became of it. */
const CANARIES = {
	caught: { tone: 'holds', glyph: '✓', told: 'was caught after', rest: '' },
	missed: {
		tone: 'violated',
		glyph: '✕',
		told: 'was not caught in',
		rest: ': nothing above counts',
	},
	'not released': { tone: 'violated', glyph: '✕', told: 'met', rest: ': nothing above counts' },
} as const;

const Canary = ({ canary }: { canary: Evidence['canary'] }) => {
	const fate = fateOf(canary);
	const { tone, glyph, told, rest } = CANARIES[fate];
	return (
		<p class={`canary ${tone}`}>
			<strong>
				<span aria-hidden="true">{glyph}</span> Canary {fate}.
			</strong>{' '}
			The known breakage “<Said>{canary.name}</Said>” {told} {plural(canary.stories, 'story')}
			{rest}.
		</p>
	);
};

const Sources = ({ sources }: { sources: Evidence['sources'] }) => (
	<>
		<h3>Stories, by where they came from</h3>
		<Scrolls label="Sources of stories">
			<table>
				<Heads of={['source', 'stories', 'verdict']} numbers={['stories']} />
				<tbody>
					{sources.map(({ name, stories, verdict, note }) => (
						<tr>
							<th scope="row">
								<Said>{name}</Said>
							</th>
							<td class="number">{grouped(stories)}</td>
							<td>
								<Mark verdict={verdict} /> {note === null ? null : <Said>{note}</Said>}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</Scrolls>
	</>
);

const Checks = ({ checks }: { checks: Evidence['checks'] }) =>
	checks.length === 0 ? null : (
		<>
			<h3>Configurations of the checker</h3>
			<Scrolls label="Configurations of the checker">
				<table>
					<Heads
						of={['configuration', 'verdict', 'states', 'steps', 'depth', 'what and up to where']}
						numbers={['states', 'steps', 'depth']}
					/>
					<tbody>
						{checks.map(
							({ configuration, verdict, states, generated, depth, covers, bounds, ...rest }) => (
								<tr>
									<th scope="row">
										<Said>{configuration}</Said>
									</th>
									<td>
										<Mark verdict={verdict} /> {verdict === 'unknown' ? sayUnknown(rest) : null}
									</td>
									<td class="number">{grouped(states)}</td>
									<td class="number">{grouped(generated)}</td>
									<td class="number">{grouped(depth)}</td>
									<td class="wide">
										<Said>{`${covers} ${sayBounds(bounds)}`}</Said>
									</td>
								</tr>
							),
						)}
					</tbody>
				</table>
			</Scrolls>
		</>
	);

const Guarantees = ({ guarantees }: { guarantees: Evidence['guarantees'] }) => (
	<>
		<h3>Guarantees, and how often each was exercised</h3>
		<Scrolls label="Guarantees">
			<table class="guarantees">
				<Heads
					of={['guarantee', 'verdict', 'stories', 'events', 'what is promised']}
					numbers={['stories', 'events']}
				/>
				<tbody>
					{guarantees.map(
						({ id, name, verdict, reason, stories, exercised, statement, fairness }) => (
							<tr>
								<th scope="row">
									<b>{sanitized(id)}</b> {sanitized(name.replaceAll('-', ' '))}
								</th>
								<td>
									<Mark verdict={verdict} /> {reason === null ? null : <Said>{reason}</Said>}
								</td>
								<td class="number">{grouped(stories)}</td>
								<td class="number">{grouped(exercised)}</td>
								<td class="wide">
									{sanitized(statement)}
									{fairness === null ? null : <em> Assumed: {sanitized(fairness)}</em>}
								</td>
							</tr>
						),
					)}
				</tbody>
			</table>
		</Scrolls>
	</>
);

/** What the import of the project left out, or took otherwise than it may be meant. */
const Warnings = ({ project }: { project: Evidence['project'] }) =>
	project === null || project.warnings.length === 0 ? null : (
		<details>
			<summary>
				{plural(project.warnings.length, 'warning')} of the import of <Said>{project.file}</Said>
			</summary>
			<ul>
				{project.warnings.map((warning) => (
					<li>
						<Said>{warning}</Said>
					</li>
				))}
			</ul>
		</details>
	);
