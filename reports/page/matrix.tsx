import { makesFor, type ReviewInput } from '../review/input.ts';
import { type Cell, matrix } from '../review/matrix.ts';
import { designsCommand, verifyCommand } from '../wording/commands.ts';
import { Mark, Missing, Said, Scrolls, Section, sanitized } from './parts.tsx';

/** Designs times guarantees, then what is no guarantee but decides. */
export const MatrixSection = ({
	input,
	anchors,
}: {
	input: ReviewInput;
	anchors: ReadonlySet<string>;
}) => {
	const { columns, rows, facts } = matrix(input);
	const { designs, evidence } = input;
	return (
		<Section
			id="matrix"
			title="The designs, side by side"
			lead="Each design was built as its advocates would. A row is a promise; a cell says whether the design keeps it. A broken one links to the story that shows it."
			source={
				designs === null
					? evidence === null
						? null
						: verifyCommand(evidence)
					: designsCommand(designs)
			}
		>
			{designs === null ? (
				<Missing
					what="The designs were not put on trial beside each other (no designs.json)."
					command={makesFor(input).designs}
				/>
			) : null}
			<Scrolls label="Designs and guarantees">
				<table class="matrix">
					<thead>
						<tr>
							<th scope="col">guarantee</th>
							{columns.map(({ option, name, fate, verdict, reach }) => (
								<th scope="col" class={fate}>
									<span class="option">
										option {option} · {fate}
									</span>
									<span class="name">{name}</span>
									<Mark verdict={verdict} />
									<span class="reach">{reach}</span>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ id, name, statement, cells }) => (
							<tr>
								<th scope="row">
									<Promised id={id} name={name} statement={statement} />
								</th>
								{cells.map((one) => (
									<VerdictCell cell={one} anchors={anchors} />
								))}
							</tr>
						))}
					</tbody>
				</table>
			</Scrolls>
			{facts.length === 0 ? null : <Facts columns={columns} facts={facts} />}
		</Section>
	);
};

const Promised = ({
	id,
	name,
	statement,
}: {
	id: string;
	name: string;
	statement: string | null;
}) => {
	const words = (
		<>
			<b>{sanitized(id)}</b> {sanitized(name.replaceAll('-', ' '))}
		</>
	);
	return statement === null ? (
		<span>{words}</span>
	) : (
		<details>
			<summary>{words}</summary>
			<p>{sanitized(statement)}</p>
		</details>
	);
};

const VerdictCell = ({ cell, anchors }: { cell: Cell; anchors: ReadonlySet<string> }) => (
	<td class={`cell ${cell.verdict ?? 'untried'}${cell.design === 'flag' ? ' chosen' : ''}`}>
		{cell.verdict === 'violated' ? (
			// A story that does not fit on the page is counted where the others are.
			<a href={`#${cell.anchor !== null && anchors.has(cell.anchor) ? cell.anchor : 'stories'}`}>
				<Mark verdict={cell.verdict} />
			</a>
		) : (
			<Mark verdict={cell.verdict} />
		)}
		{cell.note === '' ? null : <span class="note">{sanitized(cell.note)}</span>}
	</td>
);

const Facts = ({ columns, facts }: Pick<ReturnType<typeof matrix>, 'columns' | 'facts'>) => (
	<>
		<h3>No guarantee, but it decides</h3>
		<Scrolls label="Facts about the designs">
			<table class="facts">
				<thead>
					<tr>
						<th scope="col">fact</th>
						{columns.map(({ name, fate }) => (
							<th scope="col" class={fate}>
								{name}
							</th>
						))}
						<th scope="col">from</th>
					</tr>
				</thead>
				<tbody>
					{facts.map(({ label, source, values }) => (
						<tr>
							<th scope="row">
								<Said>{label}</Said>
							</th>
							{values.map(({ value, design }) => (
								<td class={design === 'flag' ? 'chosen' : ''}>
									<Said>{value}</Said>
								</td>
							))}
							<td class="from">
								<Said>{source}</Said>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</Scrolls>
	</>
);
