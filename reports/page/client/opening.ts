/** Opens all that a place is folded into, itself included, and moves there: on the page and with the focus. */
export function goTo(target: Element): void {
	openAround(target);
	if (target.matches('section')) target.querySelector('details')?.setAttribute('open', '');
	target.scrollIntoView();
	const focused = target.querySelector<HTMLElement>('summary') ?? target;
	if (!(focused instanceof HTMLElement)) return;
	if (focused.tabIndex < 0) focused.tabIndex = -1;
	focused.focus({ preventScroll: true });
}

/** Opens all that a place is folded into. */
export function openAround(target: Element): void {
	for (let at: Element | null = target; at !== null; at = at.parentElement)
		if (at instanceof HTMLDetailsElement) at.open = true;
}

/** A link into something folded opens it, also when it is the place where the page already is. */
export function openTargets(): void {
	const open = (hash: string): void => {
		const target = document.getElementById(decoded(hash.slice(1)));
		if (target !== null) goTo(target);
	};
	addEventListener('hashchange', () => open(location.hash));
	document.addEventListener('click', ({ target }) => {
		const link = target instanceof Element ? target.closest('a') : null;
		if (link !== null && link.hash !== '' && link.hash === location.hash) open(link.hash);
	});
	if (location.hash !== '') open(location.hash);
}

/** What was mistyped in an address is the name of nothing. */
function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return '';
	}
}

/** On paper every section is open; what only some want to read stays folded, and is left out by the style. */
export function openForPrint(): void {
	let folded: HTMLDetailsElement[] = [];
	addEventListener('beforeprint', () => {
		folded = [
			...document.querySelectorAll<HTMLDetailsElement>(
				'details.part:not([open]), details.first:not([open])',
			),
		];
		for (const details of folded) details.open = true;
	});
	addEventListener('afterprint', () => {
		for (const details of folded) details.open = false;
	});
}
