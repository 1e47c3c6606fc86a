import { useEffect, useState } from 'hono/jsx';
import { plural } from '../../../model/vocabulary/plural.ts';
import { sayEvent } from '../../wording/event.ts';
import type { Point } from '../exploration.ts';
import { Choices } from './choices.tsx';
import type { Desk } from './desk.ts';
import { Lights } from './lights.tsx';
import { MachineAtHand } from './machine.tsx';
import { State } from './state.tsx';
import { StorySoFar } from './story.tsx';
import { Toolbar } from './toolbar.tsx';

/** Where columns are below each other the story is far down: its last event stays in sight, and leads there. */
const SoFar = ({ here: { depth, event } }: { here: Point }) => (
	<p class="x-so-far">
		<button
			type="button"
			data-so-far
			onClick={() => document.querySelector('.x-story')?.scrollIntoView()}
		>
			{event === null
				? 'So far: nothing has happened'
				: `So far ${plural(depth, 'event')}, at last: ${sayEvent(event)}`}
		</button>
	</p>
);

/** The explorer: the story so far, the state, and what can happen now. */
export const App = ({ desk }: { desk: Desk }) => {
	const [, draw] = useState(desk.version);
	useEffect(() => {
		// What changed between the first drawing and this is drawn too.
		draw(desk.version);
		return desk.listen(() => draw(desk.version));
	}, [desk]);
	const { exploration, here, beside } = desk;
	return (
		<>
			<Toolbar desk={desk} />
			<p
				class={
					[desk.searching?.words, desk.trouble].includes(desk.said) ? 'x-said x-hidden' : 'x-said'
				}
				role="status"
				aria-live="polite"
			>
				{desk.said}
			</p>
			<SoFar here={here} />
			<Lights desk={desk} />
			<div class="x-columns">
				<StorySoFar desk={desk} />
				<State exploration={exploration} here={here} beside={beside} />
				<Choices desk={desk} foreseen={desk.foreseen} />
			</div>
			<MachineAtHand exploration={exploration} here={here} />
		</>
	);
};
