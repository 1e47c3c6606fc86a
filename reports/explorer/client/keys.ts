import type { Desk } from './desk.ts';

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLInputElement ||
	target instanceof HTMLSelectElement ||
	target instanceof HTMLTextAreaElement;

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
			if (press.target !== filter()) return;
			if (press.key === 'Escape' || press.key === 'ArrowDown') {
				press.preventDefault();
				all()[0]?.focus();
			}
			return;
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
		if (isChoice && press.detail === 0) setTimeout(() => all()[0]?.focus());
	});
}
