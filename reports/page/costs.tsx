import { raw } from 'hono/html';
import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import { sayLeftOut } from '../review/costs-of.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { AGREEMENT } from '../wording/agreement.ts';
import { simulateCommand } from '../wording/commands.ts';
import { between, figure, grouped, plural, shareBetween } from '../wording/figures.ts';
import type { Chart } from './drawing/chart.ts';
import { Heads, Missing, Said, Scrolls, Section, sanitized } from './parts.tsx';

/** What the flag buys and what it costs. */
export const CostsSection = ({
	input,
	charts,
}: {
	input: ReviewInput;
	charts: readonly Chart[];
}) => (
	<Section
		id="costs"
		title="What it buys, and what it costs"
		lead="A simulation on the model. Every rate in it is an assumption from public sources, swept and not fixed; none was measured on this CI system."
		source={input.simulation === null ? null : simulateCommand(input.simulation)}
	>
		{input.simulation === null ? (
			<Missing
				what={
					input.left_out == null
						? 'Cost and benefit were not simulated (no simulation.json).'
						: `Cost and benefit were not simulated: ${sayLeftOut(input)}`
				}
				command={makesFor(input).simulation}
			/>
		) : (
			<>
				<Central simulation={input.simulation} />
				<div class="charts">
					{charts.map((chart) => (
						<ChartFigure chart={chart} />
					))}
				</div>
				<Grounds simulation={input.simulation} />
			</>
		)}
	</Section>
);

const Central = ({ simulation }: { simulation: SimulationEvidence }) => {
	const { central, project, days, tasks_per_day, daily_limit, unfinished } = simulation;
	return (
		<>
			<p>
				<Said>{project.file}</Said>: {grouped(project.flagged_tasks)} of{' '}
				{plural(project.tasks, 'task instance')} (a task on a variant){' '}
				{project.flagged_tasks === 1 ? 'has' : 'have'} a flagged command that can fail{' '}
				{project.flagged_tasks === 1 ? 'it' : 'them'}. {plural(days, 'day')} of{' '}
				{plural(tasks_per_day, 'task')},{' '}
				{daily_limit === 0
					? 'no limit'
					: `at most ${plural(daily_limit, 'automatic restart')} a day`}
				.
			</p>
			{unfinished === undefined ? null : (
				<p class="cut">
					Not all of it was simulated: <Said>{unfinished}</Said>
				</p>
			)}
			<dl class="weights">
				<Figure what="tasks red without the flag">{shareBetween(central.red_without_flag)}</Figure>
				<Figure what="tasks red with it">{shareBetween(central.red_with_flag)}</Figure>
				<Figure what="restarts wasted">{shareBetween(central.wasted_restarts, 0)}</Figure>
				<Figure what="machine hours added per 100 tasks">{between(central.hours_added)}</Figure>
				<Figure what="marks refused for quota">{shareBetween(central.refused_for_quota)}</Figure>
			</dl>
		</>
	);
};

const Figure = ({ what, children }: { what: string; children: string }) => {
	const [mean, interval] = children.split(' (');
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

const Grounds = ({
	simulation: { assumptions, closed_forms },
}: {
	simulation: SimulationEvidence;
}) => (
	<>
		<details>
			<summary>What was assumed, and where it comes from</summary>
			<Scrolls label="Assumptions">
				<table>
					<Heads
						of={['assumption', 'low', 'central', 'high', 'source']}
						numbers={['low', 'central', 'high']}
					/>
					<tbody>
						{assumptions.map(({ label, unit, low, central, high, source }) => (
							<tr>
								<th scope="row">
									<Said>{`${label} (${unit})`}</Said>
								</th>
								{[low, central, high].map((value) => (
									<td class="number">{figure(value)}</td>
								))}
								<td class="wide">
									<Said>{source}</Said>
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</Scrolls>
		</details>
		{closed_forms.length === 0 ? (
			<p>The closed forms were not reached: no figure was checked against one.</p>
		) : (
			<details>
				<summary>
					Checked against closed forms: {closed_forms.filter(({ agrees }) => agrees).length} of{' '}
					{closed_forms.length} agree
				</summary>
				<p>{AGREEMENT}</p>
				<Scrolls label="Closed forms">
					<table>
						<Heads
							of={['figure', 'formula', 'expected', 'simulated', 'agrees']}
							numbers={['expected']}
						/>
						<tbody>
							{closed_forms.map(({ name, formula, expected, simulated, agrees }) => (
								<tr>
									<th scope="row">
										<Said>{name}</Said>
									</th>
									<td>
										<Said>{formula}</Said>
									</td>
									<td class="number">{expected.toPrecision(4)}</td>
									<td>{between(simulated, (value) => value.toPrecision(4))}</td>
									<td>{agrees ? '✓ yes' : '✕ no'}</td>
								</tr>
							))}
						</tbody>
					</table>
				</Scrolls>
			</details>
		)}
	</>
);
