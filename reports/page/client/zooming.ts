/** How much larger or smaller a step makes a drawing, and how far it goes. */
const STEP = 1.25;
const LEAST = 0.2;
const MOST = 8;

interface Place {
	readonly x: number;
	readonly y: number;
}

/**
 * Lets a drawing be zoomed, and moved in its frame: with buttons, with keys, by the wheel and the mouse, and by fingers.
 * It begins as large as it was drawn.
 */
export function zoomable(drawing: HTMLElement): void {
	const frame = drawing.querySelector<HTMLElement>('[data-frame]');
	const controls = drawing.querySelector<HTMLElement>('[data-zoom]');
	const said = drawing.querySelector('[data-zoomed]');
	const svg = frame?.querySelector('svg') ?? null;
	if (frame === null || controls === null || said === null || svg === null) return;
	const { width, height } = svg.viewBox.baseVal;
	let zoom = 1;

	const middle = (): Place => ({ x: frame.clientWidth / 2, y: frame.clientHeight / 2 });
	/** What is seen at a place of the frame stays there. */
	const zoomTo = (wanted: number, { x, y }: Place = middle()): void => {
		const next = Math.min(Math.max(wanted, LEAST), MOST);
		const [left, top] = [(frame.scrollLeft + x) / zoom, (frame.scrollTop + y) / zoom];
		zoom = next;
		svg.setAttribute('width', `${width * zoom}`);
		svg.setAttribute('height', `${height * zoom}`);
		frame.scrollLeft = left * zoom - x;
		frame.scrollTop = top * zoom - y;
		said.textContent = `${Math.round(zoom * 100)} %`;
	};
	const ACTS: Readonly<Record<string, () => void>> = {
		'+': () => zoomTo(zoom * STEP),
		'-': () => zoomTo(zoom / STEP),
		'0': () => zoomTo(1),
		a: () => zoomTo(Math.min(frame.clientWidth / width, frame.clientHeight / height)),
	};
	controls.addEventListener('click', ({ target }) => {
		const button = target instanceof Element ? target.closest<HTMLElement>('[data-zooms]') : null;
		if (button !== null) ACTS[button.dataset['zooms'] ?? '']?.();
	});
	frame.addEventListener('keydown', (press) => {
		if (press.altKey || press.ctrlKey || press.metaKey) return;
		const act = ACTS[press.key === '=' ? '+' : press.key];
		if (act !== undefined) press.preventDefault();
		act?.();
		// Arrows move what is in the frame, and steer nothing around it.
		if (act !== undefined || press.key.startsWith('Arrow')) press.stopPropagation();
	});
	frame.addEventListener(
		'wheel',
		(turn) => {
			// The wheel alone moves; two fingers on a pad come as a wheel with this key.
			if (!turn.ctrlKey) return;
			turn.preventDefault();
			zoomTo(zoom * Math.exp(-turn.deltaY / 300), placeIn(frame, turn));
		},
		{ passive: false },
	);
	// A large one has nothing in its corner: it is first seen where the machine begins.
	const seen = new IntersectionObserver(([one]) => {
		if (one?.isIntersecting !== true) return;
		seen.disconnect();
		if (frame.scrollLeft + frame.scrollTop === 0) toMiddle(svg.querySelector('.state:has(circle)'));
	});
	seen.observe(frame);
	dragByMouse(frame);
	pinch(frame, () => zoom, zoomTo);
	controls.hidden = false;
}

/** Moves what is drawn to the middle of its frame, and never the page. */
export function toMiddle(drawn: Element | null): void {
	const frame = drawn?.closest('[data-frame]');
	if (drawn === null || frame == null) return;
	const [one, around] = [drawn.getBoundingClientRect(), frame.getBoundingClientRect()];
	frame.scrollBy(
		one.left + one.width / 2 - around.left - around.width / 2,
		one.top + one.height / 2 - around.top - around.height / 2,
	);
}

const placeIn = (frame: HTMLElement, { clientX, clientY }: MouseEvent | Touch): Place => {
	const { left, top } = frame.getBoundingClientRect();
	return { x: clientX - left, y: clientY - top };
};

/** Fingers move what scrolls by themselves. */
function dragByMouse(frame: HTMLElement): void {
	frame.addEventListener('pointerdown', ({ pointerType, pointerId, button }) => {
		if (pointerType === 'mouse' && button === 0) frame.setPointerCapture(pointerId);
	});
	frame.addEventListener('pointermove', ({ pointerId, movementX, movementY }) => {
		if (frame.hasPointerCapture(pointerId)) frame.scrollBy(-movementX, -movementY);
	});
}

/** Two fingers zoom to where they are. */
function pinch(frame: HTMLElement, zoom: () => number, zoomTo: (to: number, at: Place) => void) {
	let begun: { readonly apart: number; readonly zoom: number } | null = null;
	const fingers = ({ touches: [one, other] }: TouchEvent) => {
		if (one === undefined || other === undefined) return null;
		const [first, second] = [placeIn(frame, one), placeIn(frame, other)];
		return {
			apart: Math.hypot(first.x - second.x, first.y - second.y),
			at: { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 },
		};
	};
	const begin = (touch: TouchEvent): void => {
		const two = fingers(touch);
		begun = two === null ? null : { apart: Math.max(two.apart, 1), zoom: zoom() };
	};
	frame.addEventListener('touchstart', begin, { passive: true });
	frame.addEventListener('touchend', begin);
	frame.addEventListener(
		'touchmove',
		(touch) => {
			const two = fingers(touch);
			if (two === null || begun === null) return;
			touch.preventDefault();
			zoomTo((begun.zoom * two.apart) / begun.apart, two.at);
		},
		{ passive: false },
	);
}
