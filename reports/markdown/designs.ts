import type { Designs, Options } from '../review/document.ts';
import { sayGuarantee } from '../wording/guarantee.ts';
import { sayVerdict, VERDICTS } from '../wording/verdicts.ts';
import { plain, table } from './text.ts';

/** The options of the decision record. */
export const optionsPart = ({ of }: Options): readonly string[] =>
	table(
		['option', '', 'why', 'claim, checked'],
		of.map(({ option, name, fate, what, why, claimed }) => {
			const { verdict, sentence, because, command } = claimed;
			return [
				`${option}: ${plain(name)}`,
				fate === 'chosen' ? '**● chosen**' : '○ rejected',
				plain(`${what} ${why}`),
				[
					`**${VERDICTS[verdict ?? 'untried'].glyph} ${plain(sentence)}**`,
					...(because === null ? [] : [plain(because)]),
					...(command === null ? [] : [`run ${plain(command)}`]),
				].join('; '),
			];
		}),
	);

/** Designs times guarantees. */
export const designsPart = ({ columns, rows }: Designs): readonly string[] =>
	table(
		['guarantee', ...columns.map(({ option, name }) => `${option}: ${plain(name)}`)],
		[
			...rows.map(({ id, name, cells }) => [
				plain(sayGuarantee({ id, name })),
				...cells.map(({ verdict, note }) =>
					[sayVerdict(verdict), ...(note === '' ? [] : [plain(note)])].join(', '),
				),
			]),
			['', ...columns.map(({ verdict, reach }) => `**${sayVerdict(verdict)}**, ${plain(reach)}`)],
		],
	);
