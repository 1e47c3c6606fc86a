import type { Route } from '../../model/vocabulary/message.ts';
import { Policy } from '../../model/vocabulary/setup.ts';
import {
	type AppServer,
	type AppServerOptions,
	createAppServer,
	createContext,
} from '../routes/app-server.ts';
import type { Context } from '../server/context.ts';
import { SimulatedClock } from '../simulated/clock.ts';
import type { Store } from '../store/store.ts';
import { toEndDetail } from '../wire/end-detail.ts';
import { HEADER, LightRequest, type WireResponse } from '../wire/exchange.ts';
import { endPath, nextTaskPath, taskPath } from '../wire/path.ts';
import type { Said } from './server-fixture.ts';

/** An app server over a store, as one of several processes: each has its own source of secrets. */
export const appServerOver = (store: Store, policy: Partial<Policy> = {}, hours = 0): AppServer =>
	createAppServer(optionsOver(store, policy, hours));

/** What its handlers work with. */
export const contextOver = (store: Store): Context => createContext(optionsOver(store, {}, 0));

function optionsOver(store: Store, policy: Partial<Policy>, hours: number): AppServerOptions {
	const clock = new SimulatedClock();
	clock.pass(hours);
	const randomness = { secret: () => crypto.randomUUID() };
	return { store, clock, randomness, policy: Policy.parse(policy) };
}

const FAILED = { status: 'failed', type: 'test', description: '', timed_out: null } as const;

/** A call for a task of `saveRunning`, by the host that runs it, in its first execution. */
export const callFor = (server: AppServer, route: TaskRoute, index: number): Promise<Said> =>
	said(server.handle(requestFor(route, index)));

/** The same over a socket. */
export const callOver = (url: string, route: TaskRoute, index: number): Promise<Said> =>
	said(fetch(requestFor(route, index).toRequest(url)));

type TaskRoute = Exclude<Route, 'next'>;

function requestFor(route: TaskRoute, index: number): LightRequest {
	const [task, host] = [`t${index}`, `h${index}`];
	const headers = {
		[HEADER.host]: host,
		[HEADER.hostSecret]: `secret-of-${host}`,
		[HEADER.task]: task,
		[HEADER.taskSecret]: `secret-of-${task}`,
	};
	const path = route === 'end' ? endPath(host, task) : taskPath(task, WORDS[route]);
	const body = route === 'end' ? toEndDetail(FAILED, null) : undefined;
	return new LightRequest('POST', path, headers, body);
}

const WORDS = { start: 'start', heartbeat: 'heartbeat', mark: 'restart' } as const;

/** A host of `hostOf` asks for work: the task it gets, or null. */
export const askForWork = async (server: AppServer, host: string): Promise<string | null> =>
	given(await server.handle(nextFor(host)));

/** The same over a socket. */
export const nextOver = async (url: string, host: string): Promise<string | null> =>
	given(await fetch(nextFor(host).toRequest(url)));

const nextFor = (host: string): LightRequest =>
	new LightRequest('GET', nextTaskPath(host), {
		[HEADER.host]: host,
		[HEADER.hostSecret]: `secret-of-${host}`,
	});

async function given(response: WireResponse): Promise<string | null> {
	const body = await response.json();
	const hasTask = body !== null && typeof body === 'object' && 'task_id' in body;
	return hasTask && typeof body.task_id === 'string' ? body.task_id : null;
}

async function said(answer: Promise<WireResponse>): Promise<Said> {
	const response = await answer;
	const body = await response.json();
	const outcome = body !== null && typeof body === 'object' && 'outcome' in body && body.outcome;
	return [response.status, outcome];
}
