import { useState } from 'hono/jsx';
import { sayGuarantee } from '../../wording/guarantee.ts';
import { GROUPS, type Group } from '../choices.ts';
import type { Foreseen } from '../foreseen.ts';
import type { Desk } from './desk.ts';

const TITLES: Readonly<Record<Group, string>> = {
	work: 'Work',
	network: 'Network',
	users: 'Users',
	time: 'Time',
	faults: 'Faults and strangers',
	overlap: 'Handlers that overlap',
};

/** So many of a group are shown before the rest is folded. */
const SHOWN = 6;

/** What can happen now, grouped; what each would do is told on hover and focus. */
export const Choices = ({ desk, foreseen }: { desk: Desk; foreseen: readonly Foreseen[] }) => {
	const [filter, setFilter] = useState('');
	const [pointed, point] = useState<Foreseen | null>(null);
	const wanted = filter.trim().toLowerCase();
	const kept = foreseen.filter(({ words, breaks }) =>
		[words, ...breaks.map(({ id, name }) => `${id} ${name}`)].some((text) =>
			text.toLowerCase().includes(wanted),
		),
	);
	const shown = pointed !== null && kept.includes(pointed) ? pointed : null;
	return (
		<section class="x-choices" aria-label="What can happen now" data-choices tabindex={-1}>
			<h2>
				What can happen now <small>{`${kept.length} of ${foreseen.length}`}</small>
			</h2>
			<input
				type="search"
				data-filter
				aria-label="Filter what can happen"
				placeholder="Filter: mark, lost, S8 …"
				value={filter}
				onInput={({ target }: { target: EventTarget | null }) =>
					setFilter(target instanceof HTMLInputElement ? target.value : '')
				}
			/>
			<Preview of={shown} />
			<div class="x-groups">
				{GROUPS.map((group) => {
					const all = kept.filter((one) => one.group === group);
					return all.length === 0 ? null : (
						<GroupOf
							key={group}
							group={group}
							all={all}
							isOpen={wanted !== ''}
							point={point}
							choose={(one) => desk.choose(one.event)}
						/>
					);
				})}
				{kept.length === 0 ? <p class="x-none">Nothing that can happen now is called so.</p> : null}
			</div>
		</section>
	);
};

interface GroupProps {
	readonly group: Group;
	readonly all: readonly Foreseen[];
	readonly isOpen: boolean;
	readonly point: (one: Foreseen | null) => void;
	readonly choose: (one: Foreseen) => void;
	readonly key?: string;
}

const GroupOf = ({ group, all, isOpen, point, choose }: GroupProps) => {
	const [isUnfolded, unfold] = useState(false);
	// What would break a promise is never folded away.
	const ranked = [
		...all.filter(({ breaks }) => breaks.length > 0),
		...all.filter(({ breaks }) => breaks.length === 0),
	];
	const shown = isOpen || isUnfolded ? ranked : ranked.slice(0, SHOWN);
	return (
		<div class={`x-group ${group}`} role="group" aria-label={TITLES[group]}>
			<h3>{TITLES[group]}</h3>
			<ul>
				{shown.map((one) => (
					<li key={JSON.stringify(one.event)}>
						<button
							type="button"
							data-choice
							class={one.breaks.length > 0 ? 'x-breaks' : undefined}
							onMouseEnter={() => point(one)}
							onFocus={() => point(one)}
							onClick={() => choose(one)}
						>
							<bdi class="said">{one.words}</bdi>
							{one.breaks.length === 0 ? null : (
								<span class="x-tag">
									<span aria-hidden="true">✕</span>{' '}
									{`breaks ${one.breaks.map(sayGuarantee).join(', ')}`}
								</span>
							)}
						</button>
					</li>
				))}
			</ul>
			{isOpen || ranked.length <= SHOWN ? null : (
				<button type="button" class="x-more" onClick={() => unfold(!isUnfolded)}>
					{isUnfolded ? 'Fewer' : `${ranked.length - SHOWN} more`}
				</button>
			)}
		</div>
	);
};

/** What an event would do. */
const Preview = ({ of }: { of: Foreseen | null }) => (
	<div class="x-preview" data-preview>
		{of === null ? (
			<p class="x-none">Point at an event to see what it would do.</p>
		) : (
			<>
				<p>
					<bdi class="said">{of.words}</bdi> would do this:
				</p>
				<ul>
					{of.changes.length === 0 ? <li>nothing that can be seen</li> : null}
					{of.changes.map((change) => (
						<li>
							<bdi class="said">{change}</bdi>
						</li>
					))}
					{of.tests.length === 0 ? null : <li>{`puts to the test: ${of.tests.join(', ')}`}</li>}
					{of.breaks.map(({ id, name, sentence }) => (
						<li class="breaking">
							<strong>{`breaks ${name} (${id})`}</strong>: <bdi class="said">{sentence}</bdi>
						</li>
					))}
				</ul>
			</>
		)}
	</div>
);
