import type { Ids, Route } from '../routes/route.ts';
import { HttpFixture, PROJECT } from './http-fixture.ts';

/** The ids of what there is in the fixture. */
export const IDS: Ids = {
	host: 'h1',
	task: HttpFixture.task,
	version: 'v1',
	project: 'p1',
	user: 'user',
};

const POLICY = {
	max_automatic_restarts: 2,
	daily_limit: 0,
	execution_cap: 9,
	restart_system_failed: false,
};

/** A right body of each route that reads one, by the route's name. */
export const BODIES: Readonly<Record<string, unknown>> = {
	heartbeat: 'heartbeat',
	start: { trace_id: '', disk_devices: [] },
	end: { status: 'failed', type: 'test', desc: '', timed_out: false, timeout_type: '' },
	restartTask: { execution: 0 },
	restartTaskWhenFinished: { execution: 0 },
	restartVersion: { executions: [{ task: HttpFixture.task, execution: 0 }] },
	restartVersionWhenFinished: { executions: [{ task: HttpFixture.task, execution: 0 }] },
	disableHost: { reason: 'cleanup failed' },
	s3Usage: {},
	putProject: PROJECT,
	scheduleVersion: { id: 'v2', variants: ['ubuntu'] },
	putUser: { roles: ['user'] },
	putPolicy: POLICY,
	putProjectPolicy: POLICY,
};

/** The path of a route, with ids put in. */
export const pathOf = ({ path }: Pick<Route, 'path'>, ids: Ids = IDS): string =>
	Object.entries(ids).reduce(
		(filled, [name, id]) => filled.replace(`{${name}}`, encodeURIComponent(id)),
		path,
	);
