import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import { AGREEMENT } from '../wording/agreement.ts';
import { simulateCommand } from '../wording/commands.ts';
import { between, figure, percent } from '../wording/figures.ts';
import { sayDays, sayFigures, sayFlaggedTasks } from '../wording/simulation.ts';
import { answerOfCosts } from './answers.ts';
import { sayLeftOut } from './costs-of.ts';
import type { Block, Section } from './document.ts';
import { makesFor, type ReviewInput } from './input.ts';

/** What the flag buys and what it costs. */
export function costs(input: ReviewInput): Section {
	const { simulation } = input;
	const leftOut = sayLeftOut(input);
	return {
		id: 'costs',
		title: 'What it buys, and what it costs',
		short: 'Costs',
		answer: answerOfCosts(input),
		lead: 'A simulation on the model. Every rate in it is an assumption from public sources, swept and not fixed; none was measured on this CI system.',
		source: simulation === null ? null : simulateCommand(simulation),
		blocks:
			simulation === null
				? [
						{
							kind: 'missing',
							what: `Cost and benefit were not simulated${leftOut === null ? ' (no simulation.json).' : `: ${leftOut}`}`,
							command: makesFor(input).simulation,
						},
					]
				: [
						...central(simulation),
						{ kind: 'charts', of: simulation, otherwise: [breakEven(simulation)] },
						assumptions(simulation),
						closedForms(simulation),
					],
	};
}

const central = (simulation: SimulationEvidence): Block[] => [
	{
		kind: 'paragraph',
		text: [
			{ said: simulation.project.file },
			`: ${sayFlaggedTasks(simulation.project)}. ${sayDays(simulation)}.`,
		],
	},
	...(simulation.unfinished === undefined
		? []
		: [
				{
					kind: 'paragraph' as const,
					cut: true,
					text: ['Not all of it was simulated: ', { said: simulation.unfinished }],
				},
			]),
	{ kind: 'figures', label: 'at central values', of: sayFigures(simulation.central) },
];

const breakEven = ({ break_even }: SimulationEvidence): Block =>
	break_even.length === 0
		? {
				kind: 'paragraph',
				text: ['It is not known from where on the flag pays: the sweep was not reached.'],
			}
		: {
				kind: 'table',
				label: 'Break-even',
				head: [
					'minutes of a person saved a red task',
					'the flag pays from this transient share on',
				],
				rows: break_even.map(({ triage_minutes, transient_share }) => [
					String(triage_minutes),
					transient_share === null ? 'nowhere' : percent(transient_share),
				]),
			};

const assumptions = ({ assumptions }: SimulationEvidence): Block => ({
	kind: 'folded',
	summary: ['What was assumed, and where it comes from'],
	blocks: [
		{
			kind: 'table',
			label: 'Assumptions',
			head: ['assumption', 'low', 'central', 'high', 'source'],
			numbers: ['low', 'central', 'high'],
			wide: ['source'],
			rows: assumptions.map(({ label, unit, low, central, high, source }) => [
				`${label} (${unit})`,
				...[low, central, high].map(figure),
				source,
			]),
		},
	],
});

const closedForms = ({ closed_forms }: SimulationEvidence): Block =>
	closed_forms.length === 0
		? {
				kind: 'paragraph',
				text: ['The closed forms were not reached: no figure was checked against one.'],
			}
		: {
				kind: 'folded',
				summary: [
					`Checked against closed forms: ${closed_forms.filter(({ agrees }) => agrees).length} of ${closed_forms.length} agree`,
				],
				blocks: [
					{ kind: 'paragraph', text: [AGREEMENT] },
					{
						kind: 'table',
						label: 'Closed forms',
						head: ['figure', 'formula', 'expected', 'simulated', 'agrees'],
						numbers: ['expected'],
						rows: closed_forms.map(({ name, formula, expected, simulated, agrees }) => [
							name,
							formula,
							expected.toPrecision(4),
							between(simulated, (value) => value.toPrecision(4)),
							agrees ? '✓ yes' : '✕ no',
						]),
					},
				],
			};
