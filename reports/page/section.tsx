import { raw } from 'hono/html';
import type { Block, Cell, Section as Content, Table, Text } from '../review/document.ts';
import { VERDICTS } from '../wording/verdicts.ts';
import type { Chart } from './drawing/chart.ts';
import { Heads, Mark, Missing, Said, Scrolls, Section, Shell, sanitized } from './parts.tsx';
import { Sequence } from './sequence.tsx';

/** A section of the review as a part of the page; the charts come along, drawn. */
export const Drawn = ({
	section,
	charts = [],
}: {
	section: Content;
	charts?: readonly Chart[];
}) => (
	<Section {...section}>
		{section.blocks.map((block) => (
			<BlockPart block={block} charts={charts} />
		))}
	</Section>
);

const Runs = ({ of }: { of: Text }) => (
	<>{of.map((run) => (typeof run === 'string' ? sanitized(run) : <Said>{run.said}</Said>))}</>
);

const BlockPart = ({ block, charts }: { block: Block; charts: readonly Chart[] }) => {
	switch (block.kind) {
		case 'missing':
			return <Missing {...block} />;
		case 'paragraph': {
			const { verdict, strong, text, cut } = block;
			const name = verdict !== undefined ? `canary ${verdict}` : cut ? 'cut' : undefined;
			return (
				<p class={name}>
					{strong === undefined ? null : (
						<>
							<strong>
								{verdict === undefined ? null : (
									<span aria-hidden="true">{VERDICTS[verdict].glyph}</span>
								)}{' '}
								{sanitized(strong)}
							</strong>{' '}
						</>
					)}
					<Runs of={text} />
				</p>
			);
		}
		case 'table':
			return (
				<>
					{block.title === undefined ? null : <h3>{block.title}</h3>}
					<Rows {...block} />
				</>
			);
		case 'figures':
			return (
				<dl class="weights">
					{block.of.map((figure) => (
						<Figure {...figure} />
					))}
				</dl>
			);
		case 'points':
			return (
				<ul>
					{block.of.map((point) => (
						<li>
							<Runs of={point} />
						</li>
					))}
				</ul>
			);
		case 'columns':
			return (
				<div class="since">
					{block.of.map(({ glyph, title, points }) => (
						<div>
							<h3>
								<span aria-hidden="true">{glyph}</span> {title}: {points.length}
							</h3>
							<ul>
								{points.map(({ key, sentence }) => (
									<li>
										<b>
											<Said>{key}</Said>
										</b>
										: <Said>{sentence}</Said>
									</li>
								))}
							</ul>
						</div>
					))}
				</div>
			);
		case 'commands':
			return (
				<ul class="reproduce">
					{block.of.map(({ what, command, made }) => (
						<li>
							<p>
								<strong>{what}</strong> · {made === null ? 'missing' : sanitized(made)}
							</p>
							<Shell>{command}</Shell>
						</li>
					))}
				</ul>
			);
		case 'shell':
			return <Shell>{block.command}</Shell>;
		case 'folded':
			return (
				<details>
					<summary>
						<Runs of={block.summary} />
					</summary>
					{block.blocks.map((one) => (
						<BlockPart block={one} charts={charts} />
					))}
				</details>
			);
		case 'charts':
			return (
				<div class="charts">
					{charts.map((chart) => (
						<ChartFigure chart={chart} />
					))}
				</div>
			);
		case 'sequence':
			return (
				<>
					<p class="setup">
						<Said>{`${block.story.setup} Seen on: ${block.story.system}.`}</Said>
					</p>
					<Sequence story={block.story} label={block.label} />
				</>
			);
		default:
			return block satisfies never;
	}
};

const Rows = ({ label, head, numbers = [], wide = [], rows, anchors }: Omit<Table, 'kind'>) => (
	<Scrolls label={label}>
		<table class={anchors === undefined ? undefined : 'traces'}>
			<Heads of={head} numbers={numbers} />
			<tbody>
				{rows.map(([first = '', ...others], place) => (
					<tr id={anchors?.[place] === undefined ? undefined : sanitized(anchors[place])}>
						<th scope="row">
							<CellPart cell={first} />
						</th>
						{others.map((cell, place) => {
							const column = head[place + 1] ?? '';
							const name = wide.includes(column) ? 'wide' : undefined;
							return numbers.includes(column) ? (
								<td class="number">{typeof cell === 'string' ? sanitized(cell) : null}</td>
							) : (
								<td class={name}>
									<CellPart cell={cell} />
								</td>
							);
						})}
					</tr>
				))}
			</tbody>
		</table>
	</Scrolls>
);

const CellPart = ({ cell }: { cell: Cell }) => {
	if (typeof cell === 'string') return <Said>{cell}</Said>;
	if ('verdict' in cell)
		return (
			<>
				<Mark verdict={cell.verdict} /> {cell.note === null ? null : <Said>{cell.note}</Said>}
			</>
		);
	if ('name' in cell)
		return (
			<>
				<b>{sanitized(cell.id)}</b> {sanitized(cell.name.replaceAll('-', ' '))}
			</>
		);
	if ('marked' in cell)
		return (
			<>
				{cell.marked
					.split('`')
					.map((part, place) => (place % 2 === 1 ? <code>{part}</code> : part))}
			</>
		);
	if ('file' in cell) return <code>{sanitized(cell.file)}</code>;
	if ('replay' in cell) return cell.replay === null ? '–' : <Shell>{cell.replay}</Shell>;
	return (
		<>
			{cell.ids.map(({ id, anchor }, place) => (
				<>
					{place === 0 ? '' : ', '}
					{anchor === null ? id : <a href={`#${sanitized(anchor)}`}>{sanitized(id)}</a>}
				</>
			))}
		</>
	);
};

/** A mean, and beside it how far off it may be. */
const Figure = ({ what, value }: { what: string; value: string }) => {
	const [mean, interval] = value.split(' (');
	return (
		<div>
			<dt>{what}</dt>
			<dd>
				{mean} <small>{interval?.replace(')', '')}</small>
			</dd>
		</div>
	);
};

const ChartFigure = ({ chart: { title, caption, svg, head, rows } }: { chart: Chart }) => (
	<figure>
		<figcaption>
			<h3>{title}</h3>
			<p>{caption}</p>
		</figcaption>
		<Scrolls label={title}>{raw(svg)}</Scrolls>
		<details>
			<summary>The numbers</summary>
			<Scrolls label={`Numbers of: ${title}`}>
				<table>
					<Heads of={head} />
					<tbody>
						{rows.map((row) => (
							<tr>
								{row.map((value) => (
									<td>{sanitized(value)}</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</Scrolls>
		</details>
	</figure>
);
