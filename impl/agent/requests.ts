import type { EndDetails } from '../../model/vocabulary/message.ts';
import type { Work } from '../ports/configuration.ts';
import type { Envelope } from '../ports/transport.ts';
import { type TimeLimit, toEndDetail } from '../wire/end-detail.ts';
import { HEADER, type IdentityHeaders, LightRequest } from '../wire/exchange.ts';
import { encodeId, endPath, nextTaskPath, taskPath } from '../wire/path.ts';
import type { Remarks } from '../wire/remarks.ts';

/** Who the agent is to the app server. */
export interface HostIdentity {
	readonly id: string;
	readonly secret: string;
}

/** What is told of the host as a task starts; nothing here measures any of it. */
const STARTED = { trace_id: '', disk_devices: [] };

/** The requests of one agent (lifecycle 6.3). */
export class Requests {
	readonly #host: HostIdentity;
	readonly #hostHeaders: IdentityHeaders;

	constructor(host: HostIdentity) {
		this.#host = host;
		this.#hostHeaders = { [HEADER.host]: encodeId(host.id), [HEADER.hostSecret]: host.secret };
	}

	next(): Envelope {
		return {
			request: new LightRequest('GET', nextTaskPath(this.#host.id), this.#hostHeaders),
			route: 'next',
			host: this.#host.id,
			execution: null,
			details: null,
		};
	}

	start(work: Work): Envelope {
		const path = taskPath(work.execution.task, 'start');
		return this.#forTask('start', work, path, STARTED);
	}

	heartbeat(work: Work): Envelope {
		const path = taskPath(work.execution.task, 'heartbeat');
		return this.#forTask('heartbeat', work, path, 'heartbeat');
	}

	mark(work: Work): Envelope {
		const path = taskPath(work.execution.task, 'restart');
		return this.#forTask('mark', work, path, {});
	}

	/** The same from a script, which shows the key of a service user and says which execution is its own. */
	markWithKey({ execution }: Work, key: string): Envelope {
		const headers: IdentityHeaders = { [HEADER.serviceKey]: key };
		const path = taskPath(execution.task, 'restart');
		const request = new LightRequest('POST', path, headers, { execution: execution.execution });
		return { request, route: 'mark', host: this.#host.id, execution, details: null };
	}

	end(
		work: Work,
		details: EndDetails,
		limit: TimeLimit | null,
		remarks: Remarks | null = null,
	): Envelope {
		const path = endPath(this.#host.id, work.execution.task);
		return this.#forTask('end', work, path, toEndDetail(details, limit, remarks), details);
	}

	#forTask(
		route: Envelope['route'],
		{ execution, secret }: Work,
		path: string,
		body: unknown,
		details: EndDetails | null = null,
	): Envelope {
		const headers: IdentityHeaders = {
			...this.#hostHeaders,
			[HEADER.task]: encodeId(execution.task),
			[HEADER.taskSecret]: secret,
		};
		const request = new LightRequest('POST', path, headers, body);
		return { request, route, host: this.#host.id, execution, details };
	}
}
