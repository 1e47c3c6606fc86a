import { memo, useEffect, useRef } from 'hono/jsx';
import type { Setup } from '../../../model/vocabulary/setup.ts';
import type { Lane } from '../../evidence/narrated-story.ts';
import { Drawing, LaneNames } from '../../page/sequence.tsx';
import { sayChanges } from '../../wording/changes.ts';
import { sayEvent } from '../../wording/event.ts';
import { draw, lanesOf, livesOf } from '../../wording/lanes.ts';
import type { Point } from '../exploration.ts';
import { brokenAt } from '../foreseen.ts';
import type { Desk } from './desk.ts';

/** The sequence diagram of this branch: what happened, and, paler, what may be redone. */
export const StorySoFar = ({ desk }: { desk: Desk }) => {
	const { exploration, here, beside } = desk;
	const { branch, setup } = exploration;
	const events = branch.flatMap(({ event }) => event ?? []);
	const lanes = lanesOf(setup, events);
	const laneKey = lanes.map(({ name }) => name).join('\n');
	const list = useRef<HTMLElement>(null);
	useEffect(() => {
		const show = (): void => keepInSight(list.current);
		show();
		addEventListener('resize', show);
		return () => removeEventListener('resize', show);
	}, [here, beside, list]);
	return (
		<section class="x-story" aria-label="The story so far">
			<h2>
				The story so far <small>{sayLength(here.depth, branch.length - 1)}</small>
			</h2>
			<div class="events" ref={list} tabindex={0} role="group" aria-label="Events, in their order">
				<LaneNames lanes={lanes} />
				<ol>
					<li class={here.before === null ? 'x-begin x-here' : 'x-begin'}>
						<button
							type="button"
							data-jump="0"
							aria-current={here.before === null ? 'step' : undefined}
							onClick={() => desk.jump(exploration.root)}
						>
							The beginning
						</button>
						<Turns desk={desk} point={exploration.root} on={branch[1]} />
					</li>
					{branch.slice(1).map((point, place) => (
						<>
							<Row
								key={`${place}`}
								setup={setup}
								point={point}
								lanes={lanes}
								laneKey={laneKey}
								isHere={point === here}
								isFuture={point.depth > here.depth}
								isSkipped={beside?.at(point).skipped === true}
								jump={(to: Point) => desk.jump(to)}
							/>
							<Turns desk={desk} point={point} on={branch[place + 2]} />
						</>
					))}
				</ol>
			</div>
		</section>
	);
};

const sayLength = (at: number, all: number): string =>
	at === all ? `${at} events` : `at event ${at} of ${all}`;

interface RowProps {
	readonly setup: Setup;
	readonly point: Point;
	readonly lanes: readonly Lane[];
	readonly laneKey: string;
	readonly isHere: boolean;
	readonly isFuture: boolean;
	readonly isSkipped: boolean;
	readonly jump: (to: Point) => void;
	readonly key?: string;
}

const Row = memo(
	({ setup, point, lanes, isHere, isFuture, isSkipped, jump }: RowProps) => {
		const { before, event, seen, depth } = point;
		if (before === null || event === null) return null;
		const drawn = draw(lanes, before.seen, event);
		const lives = livesOf(
			lanes.map((_, lane) => before.seen.hosts[lane]?.away === undefined),
			drawn.arrow,
		);
		const changes = sayChanges(setup, before.seen, seen);
		const broken = brokenAt(point);
		const kinds = [
			drawn.fault ? 'fault' : '',
			broken.length > 0 ? 'breaks' : '',
			isFuture ? 'future' : '',
			isHere ? 'x-here' : '',
		];
		return (
			<li data-event class={kinds.join(' ').trim()}>
				<Drawing lanes={lanes} lives={lives} event={drawn} />
				<div class="words">
					<button
						type="button"
						data-jump={`${depth}`}
						aria-current={isHere ? 'step' : undefined}
						onClick={() => jump(point)}
					>
						{drawn.fault ? (
							<span class="tag">
								<span aria-hidden="true">⚡</span> fault
							</span>
						) : null}{' '}
						<bdi class="said">{`${depth}. ${sayEvent(event)}`}</bdi>
					</button>
					{changes.length === 0 ? null : (
						<ul>
							{changes.map((change) => (
								<li>
									<bdi class="said">{change}</bdi>
								</li>
							))}
						</ul>
					)}
					{isSkipped ? <p class="x-skipped">Not possible under the other design.</p> : null}
					{broken.map(({ id, name, sentence }) => (
						<p class="breaking">
							<span aria-hidden="true">✕</span> <strong>{`${name} (${id}) is broken`}</strong>:{' '}
							<bdi class="said">{sentence}</bdi>
						</p>
					))}
				</div>
			</li>
		);
	},
	(was, is) =>
		was.point === is.point &&
		was.laneKey === is.laneKey &&
		was.isHere === is.isHere &&
		was.isFuture === is.isFuture &&
		was.isSkipped === is.isSkipped,
);

/** Other turns that were tried after a point. */
const Turns = ({ desk, point, on }: { desk: Desk; point: Point; on: Point | undefined }) => {
	const others = point.next.filter((next) => next !== on);
	if (others.length === 0) return null;
	return (
		<li class="x-turns">
			<span>Other turns tried here:</span>{' '}
			{others.map((other) => (
				<button type="button" data-turn onClick={() => desk.jump(other)}>
					<span aria-hidden="true">↳</span> {other.event === null ? '' : sayEvent(other.event)}
				</button>
			))}
		</li>
	);
};

/** Scrolls the list of events, and never the page. */
function keepInSight(list: HTMLElement | null): void {
	const here = list?.querySelector<HTMLElement>('.x-here');
	if (list == null || here == null) return;
	const top = here.offsetTop;
	const under = top + here.offsetHeight - list.clientHeight;
	if (under > list.scrollTop) list.scrollTop = under + 8;
	else if (top - 40 < list.scrollTop) list.scrollTop = Math.max(0, top - 40);
}
