/** Lets a story be gone through event by event, with buttons and with the arrow keys. */
export function stepThrough(story: HTMLElement): void {
	const events = [...story.querySelectorAll<HTMLElement>('[data-event]')];
	const controls = story.querySelector<HTMLElement>('[data-controls]');
	const place = story.querySelector<HTMLElement>('[data-place]');
	if (controls === null || place === null || events.length === 0) return;
	const broken = events.findIndex((event) => 'broken' in event.dataset);
	let at = broken < 0 ? events.length - 1 : broken;

	const show = (to: number, tell: boolean): void => {
		at = Math.min(Math.max(to, 0), events.length - 1);
		for (const [index, event] of events.entries()) {
			event.classList.toggle('future', index > at);
			if (index === at) event.setAttribute('aria-current', 'step');
			else event.removeAttribute('aria-current');
		}
		place.textContent = `Event ${at + 1} of ${events.length}`;
		// A disabled button would lose the focus, and the arrow keys with it.
		for (const button of controls.querySelectorAll<HTMLButtonElement>('button[data-go]'))
			button.setAttribute('aria-disabled', String(targetOf(button.dataset['go']) === at));
		if (!tell) return;
		const said = events[at]?.querySelector('[data-sentence]')?.textContent ?? '';
		place.textContent += `: ${said}`;
		keepInSight(events[at]);
	};
	const targetOf = (go: string | undefined): number => {
		switch (go) {
			case 'first':
				return 0;
			case 'back':
				return Math.max(at - 1, 0);
			case 'on':
				return Math.min(at + 1, events.length - 1);
			case 'broken':
				return broken < 0 ? at : broken;
			default:
				return events.length - 1;
		}
	};
	const KEYS: Readonly<Record<string, string>> = {
		ArrowLeft: 'back',
		ArrowRight: 'on',
		Home: 'first',
		End: 'last',
	};
	controls.addEventListener('click', ({ target }) => {
		const button = target instanceof Element ? target.closest<HTMLElement>('[data-go]') : null;
		if (button !== null) show(targetOf(button.dataset['go']), true);
	});
	for (const [index, event] of events.entries())
		event.addEventListener('click', () => {
			// Who marks text to copy it does not mean to go there.
			if (getSelection()?.isCollapsed !== false) show(index, true);
		});
	story.addEventListener('keydown', (press) => {
		const go = KEYS[press.key];
		if (go === undefined || press.altKey || press.ctrlKey || press.metaKey) return;
		press.preventDefault();
		show(targetOf(go), true);
	});
	controls.hidden = false;
	show(at, false);
}

/** Scrolls the list of events, and never the page. */
function keepInSight(event: HTMLElement | undefined): void {
	const list = event?.closest<HTMLElement>('[data-scrolls]');
	if (event === undefined || list == null) return;
	const top = event.offsetTop - list.offsetTop;
	const under = top + event.offsetHeight - list.clientHeight;
	if (top < list.scrollTop) list.scrollTop = top;
	else if (under > list.scrollTop) list.scrollTop = under;
}
