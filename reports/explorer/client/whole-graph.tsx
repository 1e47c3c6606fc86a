import { useEffect, useRef, useState } from 'hono/jsx';
import { designOf } from '../../../model/vocabulary/setup.ts';
import type { Exploration } from '../exploration.ts';
import type { Instance } from '../machine-view.ts';

const ZOOM = 1.25;
const WIDEST = 8;

/** The drawings that the page brings along, made when it was written. */
const templateOf = (machine: string, design: string): HTMLTemplateElement | null => {
	for (const which of [design, 'flag']) {
		const found = document.getElementById(`graph-${which}-${machine}`);
		if (found instanceof HTMLTemplateElement) return found;
	}
	return null;
};

/** The whole machine, to be zoomed and moved; each transition without an arrow is listed below. */
export const WholeGraph = ({
	exploration,
	instance,
	state,
}: {
	exploration: Exploration;
	instance: Instance;
	state: string;
}) => {
	const frame = useRef<HTMLElement>(null);
	const [isOpen, open] = useState(false);
	const [zoom, setZoom] = useState(1);
	const template = templateOf(instance.machine, designOf(exploration.setup));
	useEffect(() => {
		if (!isOpen || frame.current === null || template === null) return;
		frame.current.replaceChildren(template.content.cloneNode(true));
		return dragging(frame.current);
	}, [isOpen, template, frame]);
	useEffect(() => {
		const svg = frame.current?.querySelector('svg');
		if (svg == null) return;
		const [, , width = 1, height = 1] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
		svg.setAttribute('width', `${width * zoom}`);
		svg.setAttribute('height', `${height * zoom}`);
		for (const drawn of svg.querySelectorAll<SVGGElement>('[data-state]'))
			drawn.classList.toggle('x-active', drawn.dataset['state']?.endsWith(`.${state}`) === true);
	}, [isOpen, template, zoom, state]);
	if (template === null) return null;
	return (
		<details
			class="x-whole"
			onToggle={({ target }: { target: EventTarget | null }) =>
				open(target instanceof HTMLDetailsElement && target.open)
			}
		>
			<summary>{`The whole machine: ${instance.machine}`}</summary>
			<div class="x-zoom" role="group" aria-label="Zoom">
				<button type="button" onClick={() => setZoom(Math.max(1 / 2, zoom / ZOOM))}>
					<span aria-hidden="true">−</span> Smaller
				</button>
				<button type="button" onClick={() => setZoom(Math.min(WIDEST, zoom * ZOOM))}>
					<span aria-hidden="true">+</span> Larger
				</button>
				<button type="button" onClick={() => setZoom(1)}>
					As it was
				</button>
				<span>{`${Math.round(zoom * 100)} %; drag to move`}</span>
			</div>
			<div
				class="x-frame"
				ref={frame}
				tabindex={0}
				role="region"
				aria-label={`State diagram of ${instance.machine}`}
			/>
		</details>
	);
};

/** Moves what is in a frame with the pointer. */
function dragging(frame: HTMLElement): () => void {
	let from: { x: number; y: number; left: number; top: number } | null = null;
	const down = ({ clientX: x, clientY: y }: PointerEvent): void => {
		from = { x, y, left: frame.scrollLeft, top: frame.scrollTop };
	};
	const move = ({ clientX, clientY }: PointerEvent): void => {
		if (from === null) return;
		frame.scrollLeft = from.left - (clientX - from.x);
		frame.scrollTop = from.top - (clientY - from.y);
	};
	const up = (): void => {
		from = null;
	};
	frame.addEventListener('pointerdown', down);
	addEventListener('pointermove', move);
	addEventListener('pointerup', up);
	return () => {
		frame.removeEventListener('pointerdown', down);
		removeEventListener('pointermove', move);
		removeEventListener('pointerup', up);
	};
}
