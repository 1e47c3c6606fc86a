import type { Bounds } from '../../../vocabulary/bounds.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { Acting, type RetryRule } from './acting.ts';
import { ofAdmins, ofMoving } from './admins.ts';
import { ofClock } from './clock.ts';
import { ofHolding } from './held.ts';
import { ofHost } from './hosts.ts';
import { deliveries } from './messages.ts';
import { ofMonitor, ofServer } from './server.ts';
import { ofUsers, ofUsersOfDisplay, ofUsersOfVersion } from './users.ts';

/** What can happen in a setup within its bounds, as rules that each read few components. */
export class Rules {
	readonly #acting: Acting;

	constructor(sandbox: Sandbox, bounds: Bounds) {
		this.#acting = new Acting(sandbox, bounds);
	}

	/** What can happen by itself. */
	always(): RetryRule[] {
		const { tasks, display_tasks = [], hosts } = this.#acting.sandbox.setup;
		return [
			...[...hosts.keys()].map((host) => ofHost(this.#acting, host)),
			...[...tasks.keys()].flatMap((task) => ofUsers(this.#acting, task)),
			...[...display_tasks.keys()].flatMap((display) => ofUsersOfDisplay(this.#acting, display)),
			...ofUsersOfVersion(this.#acting),
			...ofAdmins(this.#acting),
			...[...hosts.keys()].flatMap((host) => ofMoving(this.#acting, host)),
			ofServer(this.#acting),
			ofMonitor(this.#acting),
			...ofClock(this.#acting),
			...ofHolding(this.#acting),
		];
	}

	/** What can happen because a message is in flight. */
	deliveries(message: number): RetryRule[] {
		return deliveries(this.#acting, message);
	}
}
