import { useEffect, useRef, useState } from 'hono/jsx';
import { designOf } from '../../../model/vocabulary/setup.ts';
import { toMiddle, zoomable } from '../../page/client/zooming.ts';
import type { Exploration } from '../exploration.ts';
import type { Instance } from '../machine-view.ts';

/** The drawing of a machine that the page brings along; of a design that has the usual one, that. */
function drawingOf(machine: string, design: string): HTMLElement | null {
	const aside = document.querySelector<HTMLTemplateElement>('template[data-machines]')?.content;
	for (const key of [`${design}-${machine}`, `flag-${machine}`])
		for (const where of [aside, document]) {
			const found = where?.querySelector(`[data-drawn="${key}"]`)?.cloneNode(true);
			if (found instanceof HTMLElement) return found;
		}
	return null;
}

/** The whole machine, with where it is; each transition without an arrow is listed below. */
export const WholeGraph = ({
	exploration,
	instance,
	state,
}: {
	exploration: Exploration;
	instance: Instance;
	state: string;
}) => {
	const place = useRef<HTMLElement>(null);
	const [isOpen, open] = useState(false);
	const design = designOf(exploration.setup);
	useEffect(() => {
		const drawing = isOpen ? drawingOf(instance.machine, design) : null;
		if (drawing === null) return;
		place.current?.replaceChildren(drawing);
		zoomable(drawing);
	}, [isOpen, instance.machine, design]);
	useEffect(() => {
		for (const drawn of place.current?.querySelectorAll<SVGGElement>('[data-state]') ?? [])
			drawn.classList.toggle('x-active', drawn.dataset['state']?.endsWith(`.${state}`) === true);
		toMiddle(place.current?.querySelector('.x-active') ?? null);
	}, [isOpen, instance.machine, design, state]);
	return (
		<details
			class="x-whole"
			onToggle={({ target }: { target: EventTarget | null }) =>
				open(target instanceof HTMLDetailsElement && target.open)
			}
		>
			<summary>{`The whole machine: ${instance.machine}`}</summary>
			<div ref={place} />
		</details>
	);
};
