import { isChange } from '../store/changes.ts';
import type { OnPoint } from '../store/points.ts';
import type { DeathPoint } from './server-orders.ts';

/** The points that the transactions of this process get to, and the one at which it dies, by SIGKILL. */
export class MortalPoints {
	#passed: string[] = [];
	#death: DeathPoint | null = null;
	/** Whether the transaction has changed anything: a commit of nothing is none. */
	#changes = false;

	readonly onPoint: OnPoint = (point) => {
		if (point === 'begin') this.#changes = false;
		else if (isChange(point)) this.#changes = true;
		if (this.#isLast(point)) return die();
		this.#passed.push(point);
	};

	dieAt(death: DeathPoint): void {
		this.#passed = [];
		this.#death = death;
	}

	/** The points that were passed since this was asked last. */
	take(): string[] {
		const passed = this.#passed;
		this.#passed = [];
		return passed;
	}

	#isLast(point: string): boolean {
		switch (this.#death?.kind) {
			case 'point':
				return this.#passed.length === this.#death.index;
			case 'commit':
				return this.#changes && point === `${this.#death.when} commit`;
			case undefined:
				return false;
		}
	}
}

/** Never settles: nothing happens after it. */
function die(): Promise<never> {
	process.kill(process.pid, 'SIGKILL');
	return new Promise(() => {});
}
