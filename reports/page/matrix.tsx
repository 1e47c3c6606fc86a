import type { Designs } from '../review/document.ts';
import type { Cell } from '../review/matrix.ts';
import { Mark, Said, Scrolls, sanitized } from './parts.tsx';

/** Designs times guarantees, then what is no guarantee but decides. */
export const DesignsPart = ({ columns, rows, facts }: Designs) => (
	<>
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
								<VerdictCell cell={one} />
							))}
						</tr>
					))}
				</tbody>
			</table>
		</Scrolls>
		{facts.length === 0 ? null : <Facts columns={columns} facts={facts} />}
	</>
);

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

const VerdictCell = ({ cell }: { cell: Cell }) => (
	<td class={`cell ${cell.verdict ?? 'untried'}${cell.design === 'flag' ? ' chosen' : ''}`}>
		{cell.anchor === null ? (
			<Mark verdict={cell.verdict} />
		) : (
			<a href={`#${cell.anchor}`}>
				<Mark verdict={cell.verdict} />
			</a>
		)}
		{cell.note === '' ? null : <span class="note">{sanitized(cell.note)}</span>}
	</td>
);

const Facts = ({ columns, facts }: Pick<Designs, 'columns' | 'facts'>) => (
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
