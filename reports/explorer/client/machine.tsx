import { useState } from 'hono/jsx';
import type { Exploration, Point } from '../exploration.ts';
import { type Instance, instancesOf, neighbourhood, type Way } from '../machine-view.ts';
import { WholeGraph } from './whole-graph.tsx';

const nameOf = ({ machine, of }: Instance): string => (of === '' ? machine : `${machine} of ${of}`);

/** One machine where it is now: how it came here, this state, and the ways from it. */
export const MachineAtHand = ({ exploration, here }: { exploration: Exploration; here: Point }) => {
	const all = instancesOf(exploration.setup, exploration);
	const [key, choose] = useState(all[0]?.key ?? '');
	const instance = all.find((one) => one.key === key) ?? all[0];
	if (instance === undefined) return null;
	const { state, ways, taken, ignored } = neighbourhood(exploration.tables, instance, here);
	const moved = all.filter((one) => neighbourhood(exploration.tables, one, here).taken.length > 0);
	return (
		<section class="x-machine" aria-label="The machine at hand">
			<h2>The machine at hand</h2>
			<p class="x-pick">
				<label>
					Show{' '}
					<select
						data-machine
						onChange={({ target }: { target: EventTarget | null }) =>
							choose(target instanceof HTMLSelectElement ? target.value : '')
						}
					>
						{all.map((one) => (
							<option value={one.key} selected={one.key === instance.key}>
								{nameOf(one)}
							</option>
						))}
					</select>
				</label>
				{moved.length === 0 ? null : <span>moved in the last event:</span>}
				{moved.map((one) => (
					<button
						type="button"
						aria-pressed={one.key === instance.key ? 'true' : 'false'}
						onClick={() => choose(one.key)}
					>
						{nameOf(one)}
					</button>
				))}
			</p>
			<div class="x-neighbourhood">
				<div>
					<h3>Just taken</h3>
					{taken.length === 0 ? <p class="x-none">nothing in the last event</p> : null}
					<ul>
						{taken.map(({ says, ...way }) => (
							<li class="lit">
								<WayWords way={way} isFrom />
								{says.length === 0 ? null : <p class="x-says">{says.join('; ')}</p>}
							</li>
						))}
						{ignored.map((signal) => (
							<li>
								<code>{signal}</code> came, and it did not listen
							</li>
						))}
					</ul>
				</div>
				<div class="x-now">
					<h3>Now</h3>
					<p class="x-node">{state}</p>
				</div>
				<div>
					<h3>{`Ways on from here: ${ways.filter(({ to }) => to !== null).length}`}</h3>
					<Ways of={ways.filter(({ to }) => to !== null)} />
					<details class="x-stays">
						<summary>{`Signals it hears without leaving this state: ${ways.filter(({ to }) => to === null).length}`}</summary>
						<Ways of={ways.filter(({ to }) => to === null)} />
					</details>
				</div>
			</div>
			<WholeGraph exploration={exploration} instance={instance} state={state} />
		</section>
	);
};

const Ways = ({ of }: { of: readonly Way[] }) => (
	<ul class="x-ways">
		{of.map((way) => (
			<li>
				<WayWords way={way} isFrom={false} />
			</li>
		))}
	</ul>
);

const WayWords = ({ way: { from, signal, guard, to }, isFrom }: { way: Way; isFrom: boolean }) => (
	<p>
		{isFrom ? `${from} ` : null}
		<code>{signal}</code>
		{guard === null ? null : <span class="x-guard">{` if ${guard}`}</span>}{' '}
		<span aria-hidden="true">→</span> <strong>{to === null ? 'stays' : to}</strong>
	</p>
);
