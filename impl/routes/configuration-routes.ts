import type { z } from 'zod';
import type { Context } from '../server/context.ts';
import { parserProject } from '../server/parser-project.ts';
import * as surroundings from '../server/task-surroundings.ts';
import { viewTask } from '../server/task-view.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';
import { PREFIX } from '../wire/path.ts';
import * as schemas from './agent-schemas.ts';
import type { Route } from './route.ts';

type Handler = (context: Context, request: WireRequest, task: string) => Promise<LightResponse>;

const read = (
	path: string,
	name: string,
	summary: string,
	body: z.ZodType | 'bson',
	handler: Handler,
): Route => ({
	method: 'get',
	path: `${PREFIX}/task/{task}/${path}`,
	name,
	summary,
	access: 'task',
	success: { status: 200, body },
	handle: (context, request, { task }) => handler(context, request, task),
});

/** What an agent must know of its task before it starts (lifecycle 6.3): calls 3 to 10, and 15; and for `git.get_project`. */
export const CONFIGURATION_ROUTES: readonly Route[] = [
	read('', 'viewTask', 'The execution on whose behalf it is asked', schemas.TaskView, viewTask),
	read('parser_project', 'parserProject', 'The project, as BSON', 'bson', parserProject),
	read(
		'expansions_and_vars',
		'expansionsAndVars',
		'What is put into commands',
		schemas.Expansions,
		surroundings.expansionsAndVars,
	),
	read(
		'display_task',
		'displayTask',
		'The display task it belongs to',
		schemas.DisplayTask,
		surroundings.displayTask,
	),
	read('distro_view', 'distroView', 'Its distro', schemas.DistroView, surroundings.distroView),
	read('host_view', 'hostView', 'Its host', schemas.HostView, surroundings.hostView),
	read('project_ref', 'projectRef', 'Its project', schemas.ProjectRef, surroundings.projectRef),
	read('patch', 'patch', 'Its patch, if it has one', schemas.Patch, surroundings.patch),
	read(
		'manifest/load',
		'manifest',
		'What its version builds upon',
		schemas.Manifest,
		surroundings.manifest,
	),
	read('version', 'versionOfTask', 'Its version', schemas.VersionView, surroundings.version),
];
