import { useRef } from 'hono/jsx';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
	[['↓', '↑'], 'go through what can happen now'],
	[['Enter'], 'let it happen'],
	[['←', 'u'], 'undo'],
	[['→', 'r'], 'redo'],
	[['Home', 'End'], 'to the beginning, and to the end, of this branch'],
	[['/'], 'filter what can happen'],
	[['Esc'], 'out of the filter; one that leaves nothing is undone'],
	[['?'], 'this'],
];

/** What keys do, and how to read the page. */
export const Help = () => {
	const dialog = useRef<HTMLDialogElement>(null);
	return (
		<>
			<button type="button" data-help onClick={() => dialog.current?.showModal()}>
				Help <kbd>?</kbd>
			</button>
			<dialog ref={dialog} class="x-dialog" aria-label="Help">
				<h2>How to explore</h2>
				<p>
					Choose what happens next, event by event: the model runs here, in this page. What an event
					would do is told when you point at it; what it would break is marked beforehand. Nothing
					is lost when you go back and take another turn: the other one is kept where it branched
					off.
				</p>
				<dl class="x-keys">
					{KEYS.map(([keys, what]) => (
						<div>
							<dt>
								{keys.map((key) => (
									<kbd>{key}</kbd>
								))}
							</dt>
							<dd>{what}</dd>
						</div>
					))}
				</dl>
				<p>
					A promise is untouched, put to the test (it could have been broken, and was not), still to
					come (something has to happen yet), or broken. <em>Come to rest</em> lets only what is
					fair happen, until nothing is left: what is still to come then never comes, and is broken.
				</p>
				<p>
					The address of this page holds where you are: a link to it opens the same story at the
					same place.
				</p>
				<button type="button" onClick={() => dialog.current?.close()}>
					Close
				</button>
			</dialog>
		</>
	);
};
