import { useState } from 'hono/jsx';
import { DESIGNS } from '../../../model/catalogue/index.ts';
import { designOf } from '../../../model/vocabulary/setup.ts';
import type { Beside } from '../beside.ts';
import { type Card, cardsOf } from '../cards.ts';
import type { Exploration, Point } from '../exploration.ts';
import { meaningOf, Words } from './words.tsx';

/** How everything stands now; what the last event changed is lit. */
export const State = ({
	exploration,
	here,
	beside,
}: {
	exploration: Exploration;
	here: Point;
	beside: Beside | null;
}) => {
	const own = cardsOf(exploration.setup, exploration.tables, here);
	if (beside === null)
		return (
			<section class="x-state" aria-label="The state" tabindex={0}>
				<h2>
					The state <small>what changed is lit</small>
				</h2>
				<Cards cards={own} />
				<Words />
				<AsJson here={here} />
			</section>
		);
	const { point, skipped } = beside.at(here);
	const other = cardsOf(beside.exploration.setup, beside.exploration.tables, point);
	const isAlike = !skipped && other.every((card, place) => looksLike(card, own[place]));
	return (
		<section class="x-state x-two" aria-label="The state under two designs" tabindex={0}>
			<h2>The state, side by side</h2>
			<div>
				<h3>{DESIGNS[designOf(exploration.setup)].name}</h3>
				<Cards cards={own} unlike={other} />
			</div>
			<div data-beside>
				<h3>
					{DESIGNS[beside.design].name}{' '}
					{skipped ? <small>the last event is not possible here</small> : null}
				</h3>
				<Broken exploration={beside.exploration} point={point} />
				{isAlike ? (
					<p class="x-none">
						No difference so far: everything stands as under the design beside it.
					</p>
				) : (
					<Cards cards={other} unlike={own} />
				)}
			</div>
		</section>
	);
};

/** Whether two cards say the same; what the last event changed does not matter. */
const looksLike = (one: Card, other: Card | undefined): boolean =>
	one.key === other?.key &&
	one.state === other.state &&
	one.facts.length === other.facts.length &&
	one.facts.every(({ label, value }, place) => {
		const fact = other.facts[place];
		return label === fact?.label && value === fact.value;
	});

/** All that is seen, as systems are compared by it. */
const AsJson = ({ here }: { here: Point }) => {
	const [isOpen, open] = useState(false);
	return (
		<details
			class="x-json"
			onToggle={({ target }: { target: EventTarget | null }) =>
				open(target instanceof HTMLDetailsElement && target.open)
			}
		>
			<summary>All that is seen, as JSON</summary>
			{isOpen ? (
				<pre data-observation tabindex={0}>
					{JSON.stringify(here.seen, null, 1)}
				</pre>
			) : null}
		</details>
	);
};

const Broken = ({ exploration, point }: { exploration: Exploration; point: Point }) => (
	<>
		{exploration
			.lightsAt(point)
			.filter(({ light }) => light === 'broken')
			.map(({ id, name, sentence }) => (
				<p class="breaking">
					<strong>{`${name} (${id}) is broken`}</strong>: {sentence ?? ''}
				</p>
			))}
	</>
);

/** @param unlike cards of another design: where these say something else is marked. */
const Cards = ({ cards, unlike }: { cards: readonly Card[]; unlike?: readonly Card[] }) => (
	<ul class="x-cards">
		{cards.map((card) => {
			const other = unlike?.find(({ key }) => key === card.key);
			const differs = (label: string, value: string): boolean =>
				unlike !== undefined && other?.facts.find((fact) => fact.label === label)?.value !== value;
			return (
				<li
					class={`x-card ${card.kind.replace(' ', '-')}${card.lit ? ' lit' : ''}`}
					data-card={card.key}
				>
					<h3>
						<bdi title={meaningOf(card.kind)}>{card.title}</bdi>{' '}
						<span
							class={`x-word ${stateClass(card.state)}${other !== undefined && other.state !== card.state ? ' unlike' : ''}`}
						>
							{card.state}
						</span>
					</h3>
					{card.facts.length === 0 ? null : (
						<dl>
							{card.facts.map(({ label, value, lit }) => (
								<div class={`${lit ? 'lit' : ''}${differs(label, value) ? ' unlike' : ''}`.trim()}>
									<dt
										class={meaningOf(label) === undefined ? undefined : 'x-term'}
										title={meaningOf(label)}
									>
										{label}
									</dt>
									<dd>
										<bdi>{value}</bdi>
									</dd>
								</div>
							))}
						</dl>
					)}
				</li>
			);
		})}
	</ul>
);

const stateClass = (state: string): string => {
	switch (state) {
		case 'success':
		case 'up':
			return 'good';
		case 'failed':
		case 'down':
		case 'no agent':
		case 'gone for good':
			return 'bad';
		case 'restart pending':
			return 'pending';
		default:
			return '';
	}
};
