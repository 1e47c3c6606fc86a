import type { Position } from '../vocabulary/command.ts';
import type {
	Answer,
	ExecutionRef,
	HostObservation,
	Observation,
	TaskObservation,
} from '../vocabulary/observation.ts';
import type { PlannedCommand } from './commands.ts';
import { membersOf, type Unit } from './units.ts';

/** `execution 0 of "a"`. */
export const ofTask = (task: TaskObservation): string =>
	`execution ${task.execution} of "${task.id}"`;

/** `"a", "b"`: the members of a unit. */
export const namesOf = (seen: Observation, unit: Unit): string =>
	[...membersOf(seen, unit)].map(({ id }) => `"${id}"`).join(', ');

/** `execution 0 of "a"`, or `no execution`. */
export const ofRef = (ref: ExecutionRef | null): string =>
	ref === null ? 'no execution' : `execution ${ref.execution} of "${ref.task}"`;

/** `execution 0 of "a"`; of a host that holds none, `group "g" on "linux"`. */
export const ofRun = ({ execution, group }: HostObservation): string =>
	execution === null && group !== null
		? `group "${group.group}" on "${group.variant}"`
		: ofRef(execution);

/** `main command 1`, `member 0 of pre command 2`. */
export const place = ({ block, step, member }: Position): string =>
	member === null
		? `${block} command ${step}`
		: `member ${member} of the call at ${block} command ${step}`;

/** `"shell.exec" (main command 1)`. */
export const ofCommand = (command: PlannedCommand): string =>
	`"${command.name}" (${place(command.position)})`;

/** `429 refused_quota`, or `nothing`. */
export const ofAnswer = (answer: Answer | null): string =>
	answer === null ? 'nothing' : `${answer.status} ${answer.outcome}`;
