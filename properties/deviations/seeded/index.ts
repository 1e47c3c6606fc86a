import type { Fault } from '../../systems/fault.ts';
import { ABORTS } from './aborts.ts';
import { AGENTS } from './agents.ts';
import { DISPATCH } from './dispatch.ts';
import { ENDS } from './ends.ts';
import { HOSTS } from './hosts.ts';
import { MARKS } from './marks.ts';
import { MONITOR } from './monitor.ts';
import { POLICIES } from './policy.ts';
import { REQUESTS } from './requests.ts';
import { RESTARTS } from './restarts.ts';
import { SEVERAL } from './several.ts';
import { TIMES } from './times.ts';

/** Faults that were thought up: with the real ones, one or more for each transition that a decision makes. */
export const SEEDED: readonly Fault[] = [
	...MARKS,
	...ABORTS,
	...ENDS,
	...RESTARTS,
	...REQUESTS,
	...DISPATCH,
	...MONITOR,
	...AGENTS,
	...TIMES,
	...POLICIES,
	...SEVERAL,
	...HOSTS,
];
