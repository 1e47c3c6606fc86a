import { FIRST } from '../memory/place.ts';
import type { View } from '../product/product.ts';

/** One step before its judges. */
export interface Step {
	/** Stands for its label. */
	readonly key: number;
	/** By component: 1 << c if it looks different after the step. */
	readonly changed: number;
	/** The states that it leads from and to, place by place: of each component a state that looks the same. */
	readonly before: Int32Array;
	readonly after: Int32Array;
}

/** A step as an observer sees it; what it reads is written down as trees name it, each once. */
export class Watched implements View {
	reads: number[] = [];
	readonly #step: Step;

	constructor(step: Step) {
		this.#step = step;
	}

	changed(component: number): boolean {
		return (this.#step.changed & (1 << component)) !== 0;
	}

	before(component: number): number {
		this.#note((component + FIRST) * 2);
		return this.#step.before[component + FIRST] ?? 0;
	}

	/** What looks as before is read before. */
	after(component: number): number {
		if (!this.changed(component)) return this.before(component);
		this.#note((component + FIRST) * 2 + 1);
		return this.#step.after[component + FIRST] ?? 0;
	}

	#note(ask: number): void {
		if (!this.reads.includes(ask)) this.reads.push(ask);
	}
}
