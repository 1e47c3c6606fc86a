import { printable } from '../../model/vocabulary/printable.ts';
import type { Designs } from '../review/document.ts';
import type { Cell } from '../review/matrix.ts';
import { filtered, Mark, Named, Scrolls } from './parts.tsx';

/** Designs times guarantees. */
export const DesignsPart = ({ columns, rows }: Designs) => (
	<Scrolls label="Designs and guarantees" tall>
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
					<tr {...filtered(cells.map(({ verdict }) => verdict))}>
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
	const words = <Named id={id} name={name} />;
	return statement === null ? (
		<span>{words}</span>
	) : (
		<details>
			<summary>{words}</summary>
			<p>{printable(statement)}</p>
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
		{cell.note === '' ? null : <span class="note">{printable(cell.note)}</span>}
	</td>
);
