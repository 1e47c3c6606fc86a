/**
 * The narrow part of the web standard that the reference needs. A real `Request` is a `WireRequest`
 * and a real `Response` a `WireResponse`; the light ones below cost a hundredth of them, which the
 * simulation needs for thousands of stories a second.
 */
export type WireRequest = Pick<Request, 'method' | 'url' | 'json'> & {
	headers: Pick<Headers, 'get'>;
};
export type WireResponse = Pick<Response, 'status' | 'json'>;

/** Header names of agent and app server (lifecycle 6.1), spelt as light requests look them up. */
export const HEADER = {
	host: 'Host-Id',
	hostSecret: 'Host-Secret',
	task: 'Task-Id',
	taskSecret: 'Task-Secret',
	/** Of a service user, under the design that needs one: what any user shows. */
	serviceKey: 'Api-Key',
} as const;

/** A host's and a task's identity as headers; ids are percent-encoded, as a header holds Latin-1 only. */
export type IdentityHeaders = { readonly [Name in (typeof HEADER)[keyof typeof HEADER]]?: string };

class LightHeaders implements Pick<Headers, 'get'> {
	readonly all: IdentityHeaders;

	constructor(all: IdentityHeaders) {
		this.all = all;
	}

	get(name: string): string | null {
		switch (name) {
			case HEADER.host:
			case HEADER.hostSecret:
			case HEADER.task:
			case HEADER.taskSecret:
			case HEADER.serviceKey:
				return this.all[name] ?? null;
			default:
				return null;
		}
	}
}

/** A request as plain data. `url` is the path, as the client that sends it knows its own base. */
export class LightRequest implements WireRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly url: string;
	readonly headers: LightHeaders;
	readonly body: unknown;

	constructor(
		method: 'GET' | 'POST' | 'PUT' | 'DELETE',
		url: string,
		headers: IdentityHeaders = {},
		body: unknown = {},
	) {
		this.method = method;
		this.url = url;
		this.headers = new LightHeaders(headers);
		this.body = body;
	}

	json(): Promise<unknown> {
		return Promise.resolve(this.body);
	}

	/** The same request for a socket; `base` is the app server's address without a trailing slash. */
	toRequest(base: string): Request {
		const headers = { ...this.headers.all, 'Content-Type': 'application/json' };
		return this.method === 'GET'
			? new Request(base + this.url, { headers })
			: new Request(base + this.url, {
					method: this.method,
					headers,
					body: JSON.stringify(this.body),
				});
	}
}

/** A response as plain data. */
export class LightResponse implements WireResponse {
	readonly status: number;
	readonly body: unknown;

	constructor(status: number, body: unknown) {
		this.status = status;
		this.body = body;
	}

	json(): Promise<unknown> {
		return Promise.resolve(this.body);
	}
}
