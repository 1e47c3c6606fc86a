import { useEffect, useState } from 'hono/jsx';
import { Choices } from './choices.tsx';
import type { Desk } from './desk.ts';
import { Lights } from './lights.tsx';
import { MachineAtHand } from './machine.tsx';
import { State } from './state.tsx';
import { StorySoFar } from './story.tsx';
import { Toolbar } from './toolbar.tsx';

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
				class={desk.searching?.words === desk.said ? 'x-said x-hidden' : 'x-said'}
				role="status"
				aria-live="polite"
			>
				{desk.said}
			</p>
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
