import { printable } from '../../model/vocabulary/printable.ts';
import type { Arrow, Lane, NarratedEvent, NarratedStory } from '../evidence/narrated-story.ts';
import { sayLeftOut } from '../wording/fate.ts';
import { sayBroken } from '../wording/guarantee.ts';
import { type Life, livesIn } from '../wording/lanes.ts';
import { Said } from './parts.tsx';

/** Longest label in a drawing; the text beside it says all. */
const LABEL = 30;
const NAME = 20;

const short = (text: string, most: number): string => {
	const plain = [...printable(text)];
	return plain.length <= most ? plain.join('') : `${plain.slice(0, most - 1).join('')}…`;
};

/** Where a lane stands, in percent of the width. */
const across = (lanes: readonly Lane[], place: number): number =>
	((place + 0.5) / lanes.length) * 100;

/**
 * A story as a sequence diagram: one row an event, the drawing beside its words. The drawing only
 * repeats the words, so those who hear the page miss nothing.
 */
export const Sequence = ({ story, label }: { story: NarratedStory; label: string }) => {
	const lives = livesIn(story.lanes, story.events);
	return (
		<div data-story class="sequence" role="group" aria-label={label}>
			<div class="controls" data-controls hidden role="group" aria-label="Step through the story">
				<button type="button" data-go="first">
					<span aria-hidden="true">⇤</span> First
				</button>
				<button type="button" data-go="back">
					<span aria-hidden="true">←</span> Back
				</button>
				<button type="button" data-go="on">
					On <span aria-hidden="true">→</span>
				</button>
				{story.broken === null ? null : (
					<button type="button" data-go="broken" class="to-broken">
						<span aria-hidden="true">✕</span> First broken event
					</button>
				)}
				<span class="hint" aria-hidden="true">
					<kbd>←</kbd> <kbd>→</kbd>
				</span>
				<p class="place" data-place aria-live="polite" />
			</div>
			<div class="events" data-scrolls tabindex={0} role="group" aria-label={`Events: ${label}`}>
				<LaneNames lanes={story.lanes} />
				<ol>
					{story.events.map((event, place) => (
						<Row story={story} event={event} place={place} lives={lives[place] ?? []} />
					))}
				</ol>
			</div>
			{story.left_out === 0 ? null : (
				<p class="cut">{sayLeftOut(story.left_out, ' of coming to rest')}</p>
			)}
		</div>
	);
};

const Row = ({
	story,
	event,
	place,
	lives,
}: {
	story: NarratedStory;
	event: NarratedEvent;
	place: number;
	lives: readonly Life[];
}) => {
	const { broken } = story;
	const breaks = broken !== null && Math.max(broken.index, 0) === place;
	const begins = event.part === 'rest' && story.events[place - 1]?.part === 'story';
	return (
		<li
			data-event
			{...(breaks ? { 'data-broken': '' } : {})}
			class={[event.fault ? 'fault' : '', breaks ? 'breaks' : ''].join(' ').trim()}
		>
			<Drawing lanes={story.lanes} lives={lives} event={event} />
			<div class="words">
				{begins ? <p class="rest-begins">From here on only what is fair happens.</p> : null}
				<p data-sentence>
					{event.fault ? (
						<span class="tag">
							<span aria-hidden="true">⚡</span> fault
						</span>
					) : null}{' '}
					<Said>{event.sentence}</Said>
				</p>
				{event.changes.length === 0 ? null : (
					<ul>
						{event.changes.map((change) => (
							<li>
								<Said>{change}</Said>
							</li>
						))}
					</ul>
				)}
				{breaks ? (
					<p class="breaking">
						<span aria-hidden="true">✕</span>{' '}
						<Said>{sayBroken(broken.sentence, broken.guarantee ?? 'differs')}</Said>
					</p>
				) : null}
			</div>
		</li>
	);
};

/** Whose lanes they are, above all rows. */
export const LaneNames = ({ lanes }: { lanes: readonly Lane[] }) => (
	<div class="lanes" aria-hidden="true">
		{lanes.map(({ name, kind, late }) => (
			<span class={late ? `${kind} late` : kind}>{short(name, NAME)}</span>
		))}
	</div>
);

type Drawn = Pick<NarratedEvent, 'arrow' | 'lane' | 'fault'>;

export const Drawing = ({
	lanes,
	lives,
	event,
}: {
	lanes: readonly Lane[];
	lives: readonly Life[];
	event: Drawn;
}) => (
	<svg class="drawing" aria-hidden="true" focusable="false">
		{lives.map((life, place) => (
			<Lifeline life={life} x={`${across(lanes, place)}%`} />
		))}
		{event.arrow === null ? (
			<Happening lanes={lanes} event={event} />
		) : (
			<Message lanes={lanes} arrow={event.arrow} fault={event.fault} />
		)}
	</svg>
);

/** Height at which what happens is drawn. */
const LEVEL = '26';

/** As long as somebody is there; a dot where it begins, and a cross where it ends for good. */
const Lifeline = ({ life, x }: { life: Life; x: string }) =>
	life === 'away' ? null : (
		<>
			<line
				class="life"
				x1={x}
				x2={x}
				y1={life === 'begins' ? LEVEL : '0'}
				y2={life === 'ends' ? LEVEL : '100%'}
			/>
			{life === 'begins' ? <circle class="happening" cx={x} cy={LEVEL} r="5" /> : null}
			{life === 'ends' ? (
				<text class="ends" x={x} y="33">
					✕
				</text>
			) : null}
		</>
	);

/** How far along its way a message is drawn. */
const REACH: Record<Arrow['fate'], number> = {
	...{ sent: 0.4, arrives: 1, held: 0.9, lost: 0.55, repeated: 1 },
};

/** What stands where a message ends that does not go all the way. */
const STOP: Partial<Record<Arrow['fate'], string>> = { held: '◇', lost: '✕' };

const Message = ({
	lanes,
	arrow: { from, to, label, fate, life },
	fault,
}: {
	lanes: readonly Lane[];
	arrow: Arrow;
	fault: boolean;
}) => {
	const begin = across(lanes, from);
	const end = begin + (across(lanes, to) - begin) * REACH[fate];
	return (
		<>
			<line
				class={`message ${fate}`}
				x1={`${begin}%`}
				x2={`${end}%`}
				y1={LEVEL}
				y2={LEVEL}
				marker-end={fate in STOP ? undefined : `url(#${headOf(fault, life !== undefined)})`}
			/>
			{fate in STOP ? (
				<text class={fate} x={`${end}%`} y="31">
					{STOP[fate]}
				</text>
			) : null}
			<text x={`${(begin + across(lanes, to)) / 2}%`} y="18">
				{short(label, LABEL)}
			</text>
		</>
	);
};

const Happening = ({ lanes, event }: { lanes: readonly Lane[]; event: Drawn }) =>
	event.lane === null ? (
		<line class="everywhere" x1="0" x2="100%" y1={LEVEL} y2={LEVEL} />
	) : event.fault ? (
		<text class="strike" x={`${across(lanes, event.lane)}%`} y="32">
			⚡
		</text>
	) : (
		<circle class="happening" cx={`${across(lanes, event.lane)}%`} cy={LEVEL} r="5" />
	);

/** @param isShort it stops before the mark at which a lane begins or ends. */
const headOf = (fault: boolean, isShort: boolean): string =>
	`head${fault ? '-fault' : ''}${isShort ? '-short' : ''}`;

/** Heads of arrows, once in the page. */
export const Heads = () => (
	<svg class="heads" width="0" height="0" aria-hidden="true" focusable="false">
		<defs>
			{[false, true].flatMap((fault) =>
				[false, true].map((isShort) => (
					<marker
						id={headOf(fault, isShort)}
						class={headOf(fault, false)}
						viewBox="0 0 10 10"
						refX={isShort ? '16' : '9'}
						refY="5"
						markerWidth="7"
						markerHeight="7"
						orient="auto-start-reverse"
					>
						<path d="M0 0.5L10 5L0 9.5z" />
					</marker>
				)),
			)}
		</defs>
	</svg>
);
