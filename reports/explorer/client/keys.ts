import type { Desk } from './desk.ts';

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Keys that mean the same while a list is focused, which keeps the others; and `u` where it is inside the name of an entry. */
const IN_LISTS = ['?', '/', 'u'];

/** Milliseconds after a letter in which the next one still belongs to the name that is typed to find an entry of a list. */
const TYPED = 1000;

/**
 * Everything by keyboard. After a choice that was made by keyboard the focus is on what can happen next.
 *
 * @param heard where keys are listened to: the whole page, or the explorer in it.
 */
export function steerByKeys(root: HTMLElement, heard: HTMLElement, desk: Desk): void {
	const all = (): HTMLButtonElement[] => [
		...root.querySelectorAll<HTMLButtonElement>('[data-choice]'),
	];
	const filter = (): HTMLInputElement | null => root.querySelector('[data-filter]');
	const move = (by: number): void => {
		const buttons = all();
		const { activeElement: focused } = document;
		const at = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
		const to = at < 0 ? (by > 0 ? 0 : buttons.length - 1) : at + by;
		buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
	};
	/** Once what just changed is drawn, which a microtask does: a timer would come after the next key, and take the focus from where that one led. */
	const toFirst = (): void => {
		queueMicrotask(() => {
			const to = all()[0] ?? root.querySelector<HTMLElement>('[data-choices]');
			to?.focus();
		});
	};
	/** To what can happen; a filter that leaves nothing of it is undone. */
	const leaveFilter = (from: HTMLInputElement): void => {
		if (all().length === 0) {
			from.value = '';
			from.dispatchEvent(new Event('input', { bubbles: true }));
		}
		toFirst();
	};
	let typed = Number.NEGATIVE_INFINITY;
	const ACTS: Readonly<Record<string, () => void>> = {
		ArrowDown: () => move(1),
		ArrowUp: () => move(-1),
		ArrowLeft: () => desk.undo(),
		ArrowRight: () => desk.redo(),
		u: () => desk.undo(),
		r: () => desk.redo(),
		Home: () => desk.jump(desk.exploration.root),
		End: () => desk.jump(desk.exploration.branch.at(-1) ?? desk.here),
		'/': () => filter()?.focus(),
		'?': () => root.querySelector<HTMLElement>('[data-help]')?.click(),
	};
	heard.addEventListener('keydown', (press) => {
		if (press.altKey || press.ctrlKey || press.metaKey) return;
		if (root.querySelector('dialog[open]') !== null) return;
		if (isTyping(press.target)) {
			const own = filter();
			if (own === null || press.target !== own) return;
			if (press.key === 'Escape') leaveFilter(own);
			else if (press.key === 'ArrowDown') move(1);
			else return;
			press.preventDefault();
			return;
		}
		if (press.target instanceof HTMLSelectElement) {
			const isOwn =
				press.key === 'u' ? press.timeStamp - typed < TYPED : !IN_LISTS.includes(press.key);
			if (isOwn && press.key.length === 1) typed = press.timeStamp;
			if (isOwn) return;
		}
		const act = ACTS[press.key];
		if (act === undefined) return;
		press.preventDefault();
		act();
	});
	// What was chosen is gone, and with it the focus: a press of a key, unlike one of the mouse, has no place.
	root.addEventListener('click', (press) => {
		const isChoice =
			press.target instanceof Element && press.target.closest('[data-choice]') !== null;
		if (isChoice && press.detail === 0) toFirst();
	});
}
