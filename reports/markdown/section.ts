import type { Block, Cell, Section, Table, Text } from '../review/document.ts';
import { MISSING } from '../wording/fate.ts';
import { sayGuarantee } from '../wording/guarantee.ts';
import { sayVerdict, VERDICTS } from '../wording/verdicts.ts';
import { designsPart, optionsPart } from './designs.ts';
import { sequenceDiagram } from './diagrams.ts';
import { machinesPart, storyPart } from './stories.ts';
import { plain, shell, table } from './text.ts';

/** Most points of a list; the evidence holds all of them. */
const POINTS = 50;
/** Longest command in a cell. */
const REPLAY = 200;

/** A section of the review as Markdown. */
export const section = ({ title, answer, lead, blocks }: Section): string[] => [
	`## ${plain(title)}`,
	'',
	`**${plain(answer)}**`,
	'',
	...(lead === undefined ? [] : [plain(lead), '']),
	...blocks.flatMap(block),
];

const text = (runs: Text): string =>
	runs.map((run) => plain(typeof run === 'string' ? run : run.said)).join('');

/** A part of a section. */
export function block(one: Block): readonly string[] {
	switch (one.kind) {
		case 'missing':
			return [`**Missing.** ${plain(one.what)} ${MISSING}`, '', shell(one.command), ''];
		case 'paragraph': {
			const glyph = one.verdict === undefined ? '' : `${VERDICTS[one.verdict].glyph} `;
			const strong = one.strong === undefined ? '' : `**${glyph}${plain(one.strong)}** `;
			return [`${strong}${text(one.text)}`, ''];
		}
		case 'table':
			return [...(one.title === undefined ? [] : [`**${plain(one.title)}**`]), ...rows(one)];
		case 'figures':
			return table(
				[one.label, ''],
				one.of.map(({ what, value }) => [plain(what), plain(value)]),
			);
		case 'points': {
			const more = one.of.length - POINTS;
			return [
				...one.of.slice(0, POINTS).map((point) => `- ${text(point)}`),
				...(more > 0 ? [`- … and ${more} more; the evidence holds them`] : []),
				'',
			];
		}
		case 'columns':
			return one.of.flatMap(({ glyph, title, points }) => [
				`**${glyph} ${plain(title)}: ${points.length}**`,
				'',
				...points.map(({ key, sentence }) => `- ${plain(key)}: ${plain(sentence)}`),
				...(points.length === 0 ? [] : ['']),
			]);
		case 'commands':
			return one.of.flatMap(({ what, command, made }) => [
				`**${plain(what)}**: ${made === null ? 'missing' : plain(made)}`,
				'',
				shell(command),
				'',
			]);
		case 'shell':
			return [shell(one.command), ''];
		case 'folded':
			return [`**${text(one.summary)}**`, '', ...one.blocks.flatMap(block)];
		case 'charts':
			return one.otherwise.flatMap(block);
		case 'sequence':
			return [...sequenceDiagram(one.story), ''];
		case 'heading':
			return [`### ${plain(one.title)}`, ''];
		case 'options':
			return optionsPart(one);
		case 'designs':
			return designsPart(one);
		case 'story':
			return storyPart(one);
		case 'machines':
			return machinesPart(one);
		default:
			return one satisfies never;
	}
}

const rows = ({ head, rows }: Table): readonly string[] =>
	table(
		head.map(plain),
		rows.map((cells) => cells.map(cell)),
	);

function cell(one: Cell): string {
	if (typeof one === 'string') return plain(one);
	if ('verdict' in one)
		return `${sayVerdict(one.verdict)}${one.note === null ? '' : `: ${plain(one.note)}`}`;
	if ('name' in one) return plain(sayGuarantee(one));
	if ('marked' in one) return one.marked;
	if ('file' in one) return `\`${one.file.replaceAll(/[`|]/g, '')}\``;
	if ('replay' in one)
		return one.replay === null || one.replay.length > REPLAY
			? 'its story above'
			: plain(one.replay);
	return one.all.map((named) => plain(sayGuarantee(named))).join(', ');
}
