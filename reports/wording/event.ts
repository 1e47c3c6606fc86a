import type { Event, Position } from '../../model/vocabulary/event.ts';
import type { MessageSelector } from '../../model/vocabulary/message.ts';
import { type Block, isFunctionCall, type Step } from '../../model/vocabulary/project.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';

/** An execution as people write it: the task and its number. */
export const sayExecution = (ref: { task: string; execution: number }): string =>
	`${ref.task}/${ref.execution}`;

/**
 * Where a command stands, and its name in the project.
 * @param left the group that the host is leaving, where no task is.
 */
export function sayPosition(
	setup: Setup,
	task: string | null,
	position: Position,
	left: string | null = null,
): string {
	const { block, step, member } = position;
	const { project } = setup;
	const entry = stepsOf(setup, task, block, left)?.[step];
	const place = `${block} ${step + 1}${member === null ? '' : `.${member + 1}`}`;
	if (entry === undefined) return place;
	if (!isFunctionCall(entry)) return `${place} ${entry.display_name ?? entry.command}`;
	const command = project.functions?.[entry.func]?.[member ?? 0];
	return `${place} ${entry.func} › ${command?.display_name ?? command?.command ?? ''}`;
}

/** The steps of a block: of the task's group, or that the host is leaving, where the block is one of a group. */
function stepsOf(
	{ project, tasks }: Setup,
	id: string | null,
	block: Block,
	left: string | null,
): readonly Step[] | undefined {
	const instance = tasks.find((candidate) => candidate.id === id);
	const name = block === 'teardown_group' ? left : instance?.group;
	const group = project.task_groups?.find((candidate) => candidate.name === name);
	switch (block) {
		case 'main':
			return project.tasks.find((candidate) => candidate.name === instance?.task)?.commands;
		case 'timeout':
			return group?.timeout ?? project.timeout;
		case 'pre':
		case 'post':
			return project[block];
		default:
			return group?.[block];
	}
}

function sayMessage(message: MessageSelector): string {
	const of =
		message.task === undefined || message.task === null
			? ''
			: ` of ${message.task}${message.execution === undefined || message.execution === null ? '' : `/${message.execution}`}`;
	const outcome =
		message.outcome === undefined || message.outcome === null ? '' : ` (${message.outcome})`;
	const host =
		message.host === undefined
			? ''
			: ` ${message.leg === 'request' ? 'from' : 'to'} ${message.host}`;
	const late = message.awaited === false ? 'late ' : '';
	return `${late}${message.route} ${message.leg}${outcome}${of}${host}`;
}

/** One event in words. */
export function sayEvent(event: Event): string {
	switch (event.kind) {
		case 'host-asks':
			return `${event.host} asks for work`;
		case 'command-ends':
			return `the command on ${event.host} ${
				event.outcome === 'succeeded' || event.outcome === 'failed' || event.outcome === 'panicked'
					? event.outcome
					: `hits its ${event.outcome.slice('timed-out-'.length)} time limit`
			}`;
		case 'background-fails': {
			const { block, step, member } = event.position;
			return `the background command ${block} ${step + 1}${member === null ? '' : `.${member + 1}`} on ${event.host} fails`;
		}
		case 'status-posted':
			return `a process on ${event.host} posts the end status "${event.posted.status}"${event.posted.should_continue ? ' and goes on' : ''}`;
		case 'heartbeat-sent':
			return `${event.host} sends a heartbeat`;
		case 'call-retried':
			return `${event.host} has no answer and sends its call again`;
		case 'call-abandoned':
			return `${event.host} gives up its call`;
		case 'agent-dies':
			return `the agent on ${event.host} dies`;
		case 'agent-returns':
			return `a new agent starts on ${event.host}`;
		case 'message-delivered':
			return `delivered: ${sayMessage(event.message)}`;
		case 'message-lost':
			return `lost: ${sayMessage(event.message)}`;
		case 'message-repeated':
			return `repeated: ${sayMessage(event.message)}`;
		case 'server-crashes':
			return event.message === undefined
				? 'the app server crashes'
				: `the app server crashes ${event.commit === 'after' ? 'after' : 'before'} its first commit for the ${sayMessage(event.message)}`;
		case 'server-returns':
			return 'the app server comes back';
		case 'monitor-runs':
			return 'the monitor runs';
		case 'user-aborts':
			return `a user aborts ${event.task}`;
		case 'user-restarts':
			return `a user restarts ${event.failed_only ? 'what failed in ' : ''}${event.task}/${event.execution}`;
		case 'hours-pass':
			return event.hours === 1 ? 'an hour passes' : `${event.hours} hours pass`;
		case 'host-unreachable':
			return `an hour passes in which ${event.host} reaches nobody`;
		case 'request-forged':
			return `somebody forges a ${event.route} of ${event.task} as ${event.host} (${event.credentials})`;
	}
}
