import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import { AGREEMENT } from '../wording/agreement.ts';
import { simulateCommand } from '../wording/commands.ts';
import { between, figure, percent } from '../wording/figures.ts';
import { sayDays, sayFigures, sayFlaggedTasks } from '../wording/simulation.ts';
import { answerOfCosts } from './answers.ts';
import { sayLeftOut } from './costs-of.ts';
import type { Block, Section, Table } from './document.ts';
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
						{ kind: 'charts', of: simulation, otherwise: breakEven(simulation) },
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

/** From which share of transient failures on the flag pays, by what a person's hour costs; null: that was not reached. */
export function breakEvenTable({ break_even }: SimulationEvidence): Table | null {
	const [first] = break_even;
	if (first === undefined) return null;
	const ratios = (first.by_price_ratio ?? []).map(({ price_ratio }) => price_ratio);
	const heads =
		ratios.length === 0 ? ['it pays from'] : ratios.map((ratio) => `at ${figure(ratio)}`);
	const say = (share: number | null): string => (share === null ? 'nowhere' : percent(share));
	return {
		kind: 'table',
		label: `The flag pays from this share of transient failures on${ratios.length === 0 ? '' : ", where a person's hour costs as much as so many machine hours"}`,
		head: ['minutes saved a red task', ...heads],
		numbers: ['minutes saved a red task', ...heads],
		rows: break_even.map(({ triage_minutes, transient_share, by_price_ratio = [] }) => [
			String(triage_minutes),
			...(ratios.length === 0
				? [say(transient_share)]
				: ratios.map((ratio) =>
						say(
							by_price_ratio.find(({ price_ratio }) => price_ratio === ratio)?.transient_share ??
								null,
						),
					)),
		]),
	};
}

function breakEven(simulation: SimulationEvidence): Block[] {
	const found = breakEvenTable(simulation);
	return found === null
		? [
				{
					kind: 'paragraph',
					text: ['It is not known from where on the flag pays: the sweep was not reached.'],
				},
			]
		: [{ kind: 'paragraph', text: [`${found.label}:`] }, found];
}

/** What was assumed, each figure with its bounds, and its source. */
export const assumptionsTable = ({ assumptions }: SimulationEvidence): Table => ({
	kind: 'table',
	label: 'Assumptions',
	head: ['assumption', 'low', 'central', 'high', 'unit', 'what it is', 'source'],
	numbers: ['low', 'central', 'high'],
	wide: ['what it is', 'source'],
	rows: assumptions.map(({ id, label, unit, low, central, high, source }) => [
		id,
		...[low, central, high].map(figure),
		unit,
		label,
		source,
	]),
});

/** What was simulated beside what arithmetic foretells. */
export const closedFormsTable = ({ closed_forms }: SimulationEvidence): Table => ({
	kind: 'table',
	label: 'Closed forms',
	head: ['figure', 'formula', 'expected', 'simulated', 'agrees'],
	numbers: ['expected'],
	wide: ['formula'],
	rows: closed_forms.map(({ name, formula, expected, simulated, agrees }) => [
		name,
		formula,
		expected.toPrecision(4),
		between(simulated, (value) => value.toPrecision(4)),
		agrees ? '✓ yes' : '✕ no',
	]),
});

/** How many of the closed forms agree. */
export const sayAgreeing = ({ closed_forms }: SimulationEvidence): string =>
	`${closed_forms.filter(({ agrees }) => agrees).length} of ${closed_forms.length} closed forms agree`;

const assumptions = (simulation: SimulationEvidence): Block => ({
	kind: 'folded',
	summary: ['What was assumed, and where it comes from'],
	blocks: [assumptionsTable(simulation)],
});

const closedForms = (simulation: SimulationEvidence): Block =>
	simulation.closed_forms.length === 0
		? {
				kind: 'paragraph',
				text: ['The closed forms were not reached: no figure was checked against one.'],
			}
		: {
				kind: 'folded',
				summary: [`Checked against arithmetic: ${sayAgreeing(simulation)}`],
				blocks: [{ kind: 'paragraph', text: [AGREEMENT] }, closedFormsTable(simulation)],
			};
