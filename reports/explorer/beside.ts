import type { Design } from '../../model/vocabulary/design.ts';
import { isPossible } from '../../model/vocabulary/events/possible.ts';
import { type Setup, underDesign } from '../../model/vocabulary/setup.ts';
import { Exploration, type Point } from './exploration.ts';

/** Where the other design is when this one is at a point. */
export interface InStep {
	readonly point: Point;
	/** The last event was not possible there, and did not happen. */
	readonly skipped: boolean;
}

/** The same story under another design, event by event. */
export class Beside {
	readonly exploration: Exploration;
	readonly design: Design;
	readonly #points = new WeakMap<Point, InStep>();

	constructor(setup: Setup, design: Design) {
		this.design = design;
		this.exploration = new Exploration(underDesign(setup, design));
	}

	at(point: Point): InStep {
		const known = this.#points.get(point);
		if (known !== undefined) return known;
		const found = this.#found(point);
		this.#points.set(point, found);
		return found;
	}

	#found({ before, event }: Point): InStep {
		if (before === null || event === null) return { point: this.exploration.root, skipped: false };
		const was = this.at(before).point;
		return isPossible(this.exploration.setup, was.seen, event)
			? { point: this.exploration.after(was, event), skipped: false }
			: { point: was, skipped: true };
	}
}
