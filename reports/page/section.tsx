import { raw } from 'hono/html';
import { printable } from '../../model/vocabulary/printable.ts';
import type { Block, Cell, Section, Table, Text } from '../review/document.ts';
import { MISSING } from '../wording/fate.ts';
import { VERDICTS } from '../wording/verdicts.ts';
import { OptionsPart } from './decision.tsx';
import type { Chart } from './drawing/chart.ts';
import { charts } from './drawing/charts.ts';
import { type Layouts, MachinesPart } from './machines.tsx';
import { DesignsPart } from './matrix.tsx';
import {
	Explained,
	filtered,
	Heads,
	Mark,
	Named,
	Said,
	Scrolls,
	Shell,
	Weights,
} from './parts.tsx';
import { Sequence } from './sequence.tsx';
import { StoryPart } from './stories.tsx';

/** A section of the review as a part of the page: its heading, its blocks and where its numbers come from. */
export const SectionPart = ({ section, layouts }: { section: Section; layouts: Layouts }) => {
	const { id, title, answer, lead, handling, source, blocks } = section;
	return (
		<section id={id} aria-labelledby={`${id}-title`}>
			<details class="part">
				<summary>
					<h2 id={`${id}-title`}>{title}</h2>
					<span class="answer">{printable(answer)}</span>
				</summary>
				{lead === undefined ? null : (
					<p class="lead">
						<Explained>{[lead, ...[handling ?? []].flat()].join(' ')}</Explained>
					</p>
				)}
				<Blocks of={blocks} layouts={layouts} />
				{source == null ? null : (
					<p class="source">
						Numbers of this section: <code>{printable(source)}</code>
					</p>
				)}
			</details>
		</section>
	);
};

const Blocks = ({ of, layouts }: { of: readonly Block[]; layouts: Layouts }) => (
	<>
		{of.map((block) => (
			<BlockPart block={block} layouts={layouts} />
		))}
	</>
);

const Runs = ({ of }: { of: Text }) => (
	<>{of.map((run) => (typeof run === 'string' ? printable(run) : <Said>{run.said}</Said>))}</>
);

const BlockPart = ({ block, layouts }: { block: Block; layouts: Layouts }) => {
	switch (block.kind) {
		case 'missing':
			return (
				<div class="missing">
					<p>
						<strong>Missing.</strong> {block.what} {MISSING}
					</p>
					<Shell>{block.command}</Shell>
				</div>
			);
		case 'paragraph': {
			const { verdict, strong, text, cut, chosen } = block;
			const name =
				verdict !== undefined ? `canary ${verdict}` : chosen ? 'chosen' : cut ? 'cut' : undefined;
			return (
				<p class={name}>
					{strong === undefined ? null : (
						<>
							<strong>
								{verdict === undefined ? null : (
									<>
										<span aria-hidden="true">{VERDICTS[verdict].glyph}</span>{' '}
									</>
								)}
								{printable(strong)}
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
			return <Weights of={block.of} />;
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
								<strong>{what}</strong> · {made === null ? 'missing' : printable(made)}
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
				<details class="folded">
					<summary>
						<Runs of={block.summary} />
					</summary>
					<Blocks of={block.blocks} layouts={layouts} />
				</details>
			);
		case 'charts':
			return (
				<div class="charts">
					{charts(block.of).map((chart) => (
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
		case 'heading':
			return <h3>{printable(block.title)}</h3>;
		case 'options':
			return <OptionsPart {...block} />;
		case 'designs':
			return <DesignsPart {...block} />;
		case 'story':
			return <StoryPart {...block} />;
		case 'machines':
			return <MachinesPart {...block} layouts={layouts} />;
		default:
			return block satisfies never;
	}
};

const Rows = ({ label, head, numbers = [], wide = [], rows, anchors, look }: Table) => (
	<Scrolls label={label}>
		<table class={look}>
			<Heads of={head} numbers={numbers} />
			<tbody>
				{rows.map(([first = '', ...others], place) => (
					<tr
						id={anchors?.[place] === undefined ? undefined : printable(anchors[place])}
						{...verdictsOf([first, ...others])}
					>
						<th scope="row">
							<CellPart cell={first} />
						</th>
						{others.map((cell, place) => {
							const column = head[place + 1] ?? '';
							const name = wide.includes(column) ? 'wide' : undefined;
							return numbers.includes(column) ? (
								<td class="number">{typeof cell === 'string' ? printable(cell) : null}</td>
							) : (
								<td class={name} {...(look === 'facts' ? { 'data-head': column } : {})}>
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

/** What the row is filtered by: the verdicts that stand in it. */
const verdictsOf = (cells: readonly Cell[]) => {
	const verdicts = cells.flatMap((cell) =>
		typeof cell !== 'string' && 'verdict' in cell ? [cell.verdict] : [],
	);
	return verdicts.length === 0 ? {} : filtered(verdicts);
};

const CellPart = ({ cell }: { cell: Cell }) => {
	if (typeof cell === 'string') return <Said>{cell}</Said>;
	if ('verdict' in cell)
		return (
			<>
				<Mark verdict={cell.verdict} /> {cell.note === null ? null : <Said>{cell.note}</Said>}
			</>
		);
	if ('name' in cell) return <Named {...cell} />;
	if ('marked' in cell)
		return (
			<>
				{cell.marked
					.split('`')
					.map((part, place) => (place % 2 === 1 ? <code>{part}</code> : part))}
			</>
		);
	if ('file' in cell) return <code>{printable(cell.file)}</code>;
	if ('replay' in cell) return cell.replay === null ? '–' : <Shell>{cell.replay}</Shell>;
	return (
		<>
			{cell.all.map((one, place) => (
				<>
					{place === 0 ? '' : ', '}
					{one.anchor === null ? (
						<Named {...one} />
					) : (
						<a href={`#${printable(one.anchor)}`}>
							<Named {...one} />
						</a>
					)}
				</>
			))}
		</>
	);
};

const ChartFigure = ({ chart: { title, caption, svg, head, rows } }: { chart: Chart }) => (
	<figure>
		<figcaption>
			<h3>{title}</h3>
			<p>{caption}</p>
		</figcaption>
		<Scrolls label={title}>{raw(svg)}</Scrolls>
		<details class="folded">
			<summary>The numbers</summary>
			<Scrolls label={`Numbers of: ${title}`}>
				<table>
					<Heads of={head} />
					<tbody>
						{rows.map((row) => (
							<tr>
								{row.map((value) => (
									<td>{printable(value)}</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</Scrolls>
		</details>
	</figure>
);
