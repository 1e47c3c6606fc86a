import { changesSince, type Issue } from '../review/changes-since.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { notCovered } from '../review/not-covered.ts';
import { reproductions } from '../review/reproduce.ts';
import { STATEMENTS, traces } from '../review/traceability.ts';
import { verifyCommand } from '../wording/commands.ts';
import { Heads, Missing, Said, Scrolls, Section, Shell, sanitized } from './parts.tsx';

/** From a statement to what shows it. */
export const TraceabilitySection = ({ input }: { input: ReviewInput }) => {
	const all = traces(input);
	return (
		<Section
			id="traceability"
			title="From statement to evidence"
			lead="Each statement of the decision record (2023-11-20, in our words), the guarantees and claims that test it; then each guarantee with its judge, its evidence and a line that shows it."
			source={input.evidence === null ? null : verifyCommand(input.evidence)}
		>
			<Scrolls label="Statements of the decision record">
				<table>
					<Heads of={['where', 'statement', 'tested by']} />
					<tbody>
						{STATEMENTS.map(({ part, statement, tested_by }) => (
							<tr>
								<th scope="row">{part}</th>
								<td class="wide">{statement}</td>
								<td>
									{tested_by.map((id, place) => (
										<>
											{place === 0 ? '' : ', '}
											{all.some((one) => one.id === id) ? <a href={`#trace-${id}`}>{id}</a> : id}
										</>
									))}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</Scrolls>
			{all.length === 0 ? (
				<Missing what="There is no evidence to trace to." command={makesFor(input).evidence} />
			) : (
				<Scrolls label="Guarantees and claims, their judges and their evidence">
					<table class="traces">
						<Heads of={['id', 'judged in', 'evidence', 'shown by']} />
						<tbody>
							{all.map(({ id, name, judge, evidence, replay }) => (
								<tr id={`trace-${sanitized(id)}`}>
									<th scope="row">
										<b>{sanitized(id)}</b> {sanitized(name.replaceAll('-', ' '))}
									</th>
									<td>
										<code>{sanitized(judge)}</code>
									</td>
									<td class="wide">
										<Said>{evidence}</Said>
									</td>
									<td>{replay === null ? '–' : <Shell>{replay}</Shell>}</td>
								</tr>
							))}
						</tbody>
					</table>
				</Scrolls>
			)}
		</Section>
	);
};

/** What is new, resolved, and still open. */
export const SinceSection = ({ input: { evidence, since } }: { input: ReviewInput }) => {
	if (since === null || evidence === null)
		return (
			<Section id="since" title="What changed">
				<p>
					Nothing to compare with. Give the evidence that was accepted last:{' '}
					<code>mulligan review --since evidence.json</code>
				</p>
			</Section>
		);
	const { added, resolved, open, verdicts } = changesSince(since.evidence, evidence);
	return (
		<Section
			id="since"
			title="What changed"
			lead={`Since ${sanitized(since.file)}, of ${since.evidence.created_at.slice(0, 10)}.`}
		>
			<div class="since">
				<Issues title="New" glyph="✕" issues={added} />
				<Issues title="Resolved" glyph="✓" issues={resolved} />
				<Issues title="Still open" glyph="○" issues={open} />
			</div>
			{verdicts.length === 0 ? (
				<p>No guarantee has another verdict.</p>
			) : (
				<ul>
					{verdicts.map(({ id, was, is }) => (
						<li>
							<b>{sanitized(id)}</b>: {was ?? 'not there'} → {is ?? 'not there'}
						</li>
					))}
				</ul>
			)}
		</Section>
	);
};

const Issues = ({
	title,
	glyph,
	issues,
}: {
	title: string;
	glyph: string;
	issues: readonly Issue[];
}) => (
	<div>
		<h3>
			<span aria-hidden="true">{glyph}</span> {title}: {issues.length}
		</h3>
		<ul>
			{issues.map(({ key, sentence }) => (
				<li>
					<b>
						<Said>{key}</Said>
					</b>
					: <Said>{sentence}</Said>
				</li>
			))}
		</ul>
	</div>
);

/** Commands that print every number again. */
export const ReproduceSection = ({ input }: { input: ReviewInput }) => (
	<Section
		id="reproduce"
		title="How to reproduce"
		lead="Node 20.19 or newer, npm ci, and these. Counts depend on seed, profile and, where a profile is a time, on the machine; verdicts of the checker do not."
	>
		<ul class="reproduce">
			{reproductions(input).map(({ what, command, made }) => (
				<li>
					<p>
						<strong>{what}</strong> · {made === null ? 'missing' : sanitized(made)}
					</p>
					<Shell>{command}</Shell>
				</li>
			))}
		</ul>
	</Section>
);

export const NotCoveredSection = ({ input }: { input: ReviewInput }) => (
	<Section id="not-covered" title="What is not covered">
		<ul>
			{notCovered(input).map((line) => (
				<li>
					<Said>{line}</Said>
				</li>
			))}
		</ul>
	</Section>
);
