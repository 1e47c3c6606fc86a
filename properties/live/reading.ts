import { routeFinder } from '../../impl/routes/find-route.ts';
import { ROUTES } from '../../impl/routes/routes.ts';
import { AnswerBody } from '../../impl/wire/answer.ts';
import { EndDetail, fromEndDetail } from '../../impl/wire/end-detail.ts';
import { HEADER } from '../../impl/wire/exchange.ts';
import { decodeId } from '../../impl/wire/path.ts';
import { Details, type Message } from '../../model/vocabulary/message.ts';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { HeldReply, HeldRequest } from './in-flight.ts';

const findRoute = routeFinder(ROUTES);

/**
 * Reads what passes on the wire, and nothing but that. No request names its execution; a reader knows
 * it by the task's secret, which it saw in the reply that handed the execution out.
 */
export class WireReader {
	readonly #executions = new Map<string, ExecutionRef>();

	/** The host that a request says it comes from. */
	hostOf(request: HeldRequest): string {
		return decodeId(request.headers[HEADER.host.toLowerCase()] ?? '');
	}

	/** A request of the five calls that stories speak of; null for any other, such as reading a project. */
	request(request: HeldRequest): Message | null {
		const call = findRoute(request.method, request.path)?.route.call;
		if (call === undefined) return null;
		const execution = this.#executionOf(request);
		return {
			leg: 'request',
			route: call,
			host: this.hostOf(request),
			task: execution?.task ?? null,
			execution: execution?.execution ?? null,
			outcome: null,
			status: null,
			details: call === 'end' ? detailsOf(request.body) : null,
			awaited: true,
		};
	}

	/** The reply to a request. */
	reply(request: Message, { status, body }: HeldReply): Message {
		const answer = AnswerBody.parse(JSON.parse(body.toString('utf8')));
		const { task_id, task_execution, task_secret } = answer;
		let { task, execution } = request;
		if (task_id !== undefined && task_execution !== undefined && task_secret !== undefined) {
			this.#executions.set(task_secret, { task: task_id, execution: task_execution });
			task = task_id;
			execution = task_execution;
		}
		const { route, host } = request;
		const outcome = answer.outcome;
		return {
			leg: 'reply',
			route,
			host,
			task,
			execution,
			outcome,
			status,
			details: null,
			awaited: true,
		};
	}

	forget(): void {
		this.#executions.clear();
	}

	#executionOf({ headers }: HeldRequest): ExecutionRef | null {
		return this.#executions.get(headers[HEADER.taskSecret.toLowerCase()] ?? '') ?? null;
	}
}

const detailsOf = (body: string): Details =>
	Details.parse(fromEndDetail(EndDetail.parse(JSON.parse(body))));
