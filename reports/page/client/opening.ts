/** A link into something folded opens it. */
export function openTargets(): void {
	const open = (): void => {
		const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
		for (let at: Element | null = target; at !== null; at = at.parentElement)
			if (at instanceof HTMLDetailsElement) at.open = true;
		target?.scrollIntoView();
	};
	addEventListener('hashchange', open);
	if (location.hash !== '') open();
}

/** On paper nothing is folded. */
export function openForPrint(): void {
	let folded: HTMLDetailsElement[] = [];
	addEventListener('beforeprint', () => {
		folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
		for (const details of folded) details.open = true;
	});
	addEventListener('afterprint', () => {
		for (const details of folded) details.open = false;
	});
}
