import { serialize } from 'bson';
import { isMap, parseDocument } from 'yaml';
import {
	type Command,
	GROUP_BLOCKS,
	isFunctionCall,
	PROJECT_LIMITS,
	type Project,
	type Step,
} from '../../model/vocabulary/project.ts';
import type { TaskRecord } from '../store/store.ts';
import { LightResponse, type WireRequest } from '../wire/exchange.ts';
import type { Context } from './context.ts';
import { forRunningAgent } from './read.ts';
import { type Grouped, groupOf } from './task-group.ts';
import { projectOf } from './task-lookup.ts';
import { DISTRO } from './task-view.ts';

/** `GET task/{id}/parser_project`: the project of the task's version, as BSON (lifecycle 6.3, call 3). */
export const parserProject = (
	context: Context,
	request: WireRequest,
	taskId: string,
): Promise<LightResponse> =>
	forRunningAgent(context, request, taskId, async ({ task }, tx) => {
		const { definition } = await projectOf(tx, task);
		const tasks = await tx.tasksOfVersion(task.version);
		return new LightResponse(200, serialize(toParserProject(definition, task.version, tasks)));
	});

/** The project as the agent reads it. A key without a value is not written by BSON. */
export function toParserProject(
	project: Project,
	version: string,
	tasks: readonly (Grouped & Pick<TaskRecord, 'variant'>)[],
) {
	const block = (steps: readonly Step[] | undefined) =>
		steps === undefined ? undefined : { multi_command: steps.map(toStep) };
	const functions = Object.entries(project.functions ?? {});
	const variants = new Set(tasks.map((task) => task.variant));
	return {
		_id: version,
		identifier: project.id,
		command_type: project.command_type,
		pre: block(project.pre),
		timeout: block(project.timeout),
		post: block(project.post),
		task_groups: project.task_groups?.map((group) => ({
			...group,
			...Object.fromEntries(GROUP_BLOCKS.map((name) => [name, block(group[name])])),
		})),
		pre_error_fails_task: project.pre_error_fails_task,
		post_error_fails_task: project.post_error_fails_task,
		...Object.fromEntries(PROJECT_LIMITS.map((limit) => [limit, project[limit]])),
		functions: Object.fromEntries(functions.map(([name, members]) => [name, block(members)])),
		tasks: project.tasks.map((task) => ({ ...task, commands: task.commands.map(toStep) })),
		buildvariants: [...variants].map((name) => ({
			name,
			display_name: name,
			run_on: [DISTRO],
			tasks: [...new Set(tasks.filter(({ variant }) => variant === name).map(listedAs))].map(
				(listed) => ({ name: listed }),
			),
		})),
	};
}

/** A variant lists a group by its name, in place of its tasks. */
const listedAs = (task: Grouped): string => groupOf(task) ?? task.name;

function toStep(step: Step): object {
	if (isFunctionCall(step)) return step;
	const { background, ...rest } = step;
	return background === true ? { ...rest, params_yaml: inBackground(step) } : rest;
}

/** On the wire `background` is one of the command's parameters. Params that are no map are left to the agent. */
function inBackground({ params_yaml }: Command): string | undefined {
	const params = parseDocument(params_yaml ?? '{}');
	if (params.errors.length > 0 || !isMap(params.contents)) return params_yaml;
	params.set('background', true);
	return params.toString();
}
