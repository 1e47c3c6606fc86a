import { openAround } from './opening.ts';

/** Fewest letters that are searched for. */
const LEAST = 2;

const parts = (): HTMLDetailsElement[] => [
	...document.querySelectorAll<HTMLDetailsElement>('details.part'),
];

/** Opens and closes all sections. */
export function foldAll(tools: HTMLElement): void {
	for (const button of tools.querySelectorAll<HTMLButtonElement>('[data-fold]'))
		button.addEventListener('click', () => {
			for (const part of parts()) part.open = button.dataset['fold'] === 'open';
		});
}

/** What a search may find and go to. */
const PLACES = 'p, li, tr, summary, h3, dt, dd, .shell, .answer';

/** Opens the sections that have what is searched for, says how many places have it, and goes from one to the next by Enter. */
export function search(tools: HTMLElement): void {
	const input = tools.querySelector<HTMLInputElement>('[data-search]');
	const found = tools.querySelector<HTMLElement>('[data-found]');
	if (input === null || found === null) return;
	let places: Element[] = [];
	let at = -1;
	const show = (to: number): void => {
		places[at]?.classList.remove('found');
		at = to;
		const place = places[at];
		if (place === undefined) return;
		place.classList.add('found');
		openAround(place);
		place.scrollIntoView({ block: 'center' });
		found.textContent = `${at + 1} of ${places.length}`;
	};
	input.addEventListener('input', () => {
		show(-1);
		const wanted = input.value.trim().toLowerCase();
		const has = (one: Element): boolean => (one.textContent ?? '').toLowerCase().includes(wanted);
		places =
			wanted.length < LEAST
				? []
				: [...document.querySelectorAll(`main :is(${PLACES})`)].filter(
						(one) => has(one) && ![...one.querySelectorAll(PLACES)].some(has),
					);
		for (const part of parts()) part.open = places.some((place) => part.contains(place));
		found.textContent =
			wanted.length < LEAST
				? ''
				: places.length === 0
					? 'Nowhere'
					: `In ${places.length} ${places.length === 1 ? 'place' : 'places'}: Enter goes there`;
	});
	input.addEventListener('keydown', (press) => {
		if (press.key !== 'Enter' || places.length === 0) return;
		press.preventDefault();
		show((at + 1) % places.length);
	});
}
