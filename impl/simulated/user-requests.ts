import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Observation, TaskObservation } from '../../model/vocabulary/observation.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { placeOf, type VersionOfSetup, versionsOf } from '../../model/vocabulary/versions.ts';
import { LightRequest } from '../wire/exchange.ts';
import { hostPath, POLICY_PATH, projectPolicyPath, userPath, versionPath } from '../wire/path.ts';

/** What a user asks for, of a task, a display task, or a version; or an admin, of the store, a project or a host. */
export type EventOfUser = Extract<
	Event,
	{ kind: `user-${string}` | 'policy-changes' | 'host-comes' | 'host-goes' }
>;

/** The request that a user makes, who sees the tasks as they are shown. */
export function userRequest(
	event: EventOfUser,
	setup: Setup,
	{ tasks }: Pick<Observation, 'tasks'>,
): LightRequest {
	const post = (path: string, body?: object) =>
		body === undefined ? new LightRequest('POST', path) : new LightRequest('POST', path, {}, body);
	switch (event.kind) {
		case 'user-aborts':
			return post(userPath(event.task, 'abort'));
		case 'user-restarts': {
			const { kind: _, task, ...body } = event;
			return post(userPath(task, 'restart'), body);
		}
		case 'user-restarts-when-finished': {
			const { kind: _, task, ...body } = event;
			return post(userPath(task, 'restart_when_finished'), body);
		}
		case 'user-restarts-version': {
			const { kind: _, version, ...how } = event;
			const { id } = versionNamed(setup, version);
			const executions = shownOf(version, setup, { tasks }).map(({ id, execution }) => ({
				task: id,
				execution,
			}));
			return post(versionPath(id, 'restart_when_finished'), { executions, ...how });
		}
		case 'policy-changes':
			return new LightRequest(
				'PUT',
				event.project === undefined ? POLICY_PATH : projectPolicyPath(event.project),
				{},
				event.policy,
			);
		case 'host-comes':
			return new LightRequest('PUT', hostPath(event.host));
		case 'host-goes':
			return new LightRequest('DELETE', hostPath(event.host));
		case 'user-aborts-version':
			return post(versionPath(versionNamed(setup, event.version).id, 'abort'));
	}
}

/** The tasks of a version, as they are shown. */
export const shownOf = (
	version: string | undefined,
	setup: Setup,
	{ tasks }: Pick<Observation, 'tasks'>,
): TaskObservation[] => {
	const { tasks: own } = versionNamed(setup, version);
	return tasks.filter((_, place) => own.includes(place));
};

function versionNamed(setup: Setup, named: string | undefined): VersionOfSetup {
	const { versions } = versionsOf(setup);
	const version = versions[placeOf(versions, named)];
	if (version === undefined) throw new RangeError(`no version "${named}"`);
	return version;
}
