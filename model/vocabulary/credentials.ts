import { z } from 'zod';

/** What a forged request carries in place of the right secrets (S8). */
export const Credentials = z.enum([
	/** No secrets at all. */
	'none',
	'wrong-task-secret',
	'wrong-host-secret',
	/** The secret of another task's live execution. */
	'other-task',
	/** Another registered host, with that host's own right secret. */
	'other-host',
	/** The secret of this task's previous execution, and the host that ran it. */
	'previous-execution',
	/** The right secrets, for a task of the merge queue only: an agent that does not know S6. */
	'right',
	/**
	 * The key of a service user, under the design `rest` only: leaked, used by a script of another task,
	 * or at the wrong moment. The app server cannot tell these apart.
	 */
	'service-key',
]);
export type Credentials = z.infer<typeof Credentials>;
