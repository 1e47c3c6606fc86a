import { z } from 'zod';
import { Requester } from '../../model/vocabulary/setup.ts';
import { backoffBefore } from '../agent/client.ts';
import type { HostIdentity } from '../agent/requests.ts';
import {
	type Configuration,
	type Configurations,
	type Secret,
	SetupFailed,
	type Work,
} from '../ports/configuration.ts';
import type { Timers } from '../ports/timers.ts';
import { HEADER } from '../wire/exchange.ts';
import { encodeId } from '../wire/path.ts';
import { BodyTooLarge, readLimited } from './limited-body.ts';
import { readParserProject } from './parser-project.ts';
import { type Pace, toMilliseconds } from './timers.ts';
import { baseOf, type HttpOptions, isBroken } from './transport.ts';

/** The longest that one attempt may take, in seconds. */
const ATTEMPT_S = 300;
const MAX_BYTES = 64 * 1024 * 1024;

const TaskView = z.object({
	display_name: z.string(),
	build_variant: z.string(),
	/** Only the merge queue matters to retries; requesters that are not known count as ordinary ones. */
	r: Requester.catch('gitter_request'),
});

const Values = z
	.record(z.string(), z.string())
	.nullish()
	.transform((values) => values ?? {});
const Keys = z
	.array(z.string())
	.nullish()
	.transform((keys) => keys ?? []);
const ExpansionsAndVars = z.object({
	expansions: Values,
	parameters: Values,
	vars: Values,
	/** The names of the variables that no log may show. */
	private_vars: z
		.record(z.string(), z.boolean())
		.nullish()
		.transform((names) => names ?? {}),
	redact_keys: Keys,
	internal_redactions: Values,
});

export interface HttpConfigurationsOptions extends HttpOptions {
	readonly host: HostIdentity;
	readonly timers: Timers;
	/** How often a request is sent at the most. */
	readonly callAttempts: number;
}

/**
 * Asks the app server for what a task needs (lifecycle 6.3, calls 3 to 5). Calls 6 to 10 tell nothing
 * that the commands of this agent use, and are not made.
 */
export class HttpConfigurations implements Configurations {
	readonly #options: HttpConfigurationsOptions;
	readonly #pace: Pace;
	#asking = new AbortController();

	constructor(options: HttpConfigurationsOptions) {
		this.#options = options;
		this.#pace = options.pace ?? 1;
	}

	async of(work: Work): Promise<Configuration> {
		this.#asking = new AbortController();
		const project = readParserProject(await this.#get(work, 'parser_project'));
		if (project === null) throw new SetupFailed('the project cannot be read');
		const view = read(TaskView, await this.#get(work, ''));
		const known = read(ExpansionsAndVars, await this.#get(work, 'expansions_and_vars'));
		const expansions = { ...known.expansions, ...known.vars, ...known.parameters };
		return {
			project,
			task: view.display_name,
			variant: view.build_variant,
			requester: view.r,
			expansions,
			secrets: secretsOf(known, expansions),
		};
	}

	giveUp(): void {
		this.#asking.abort();
	}

	/** Asks until there is an answer that can be used; a 4xx is final (S14). */
	async #get(work: Work, what: string): Promise<Buffer> {
		const { signal } = this.#asking;
		const { timers, callAttempts } = this.#options;
		for (let sent = 1; sent <= callAttempts; sent++) {
			if (sent > 1) {
				const sleep = timers.sleep(backoffBefore(sent), 'retry');
				signal.addEventListener('abort', sleep.wake, { once: true });
				await sleep.over;
			}
			if (signal.aborted) break;
			const body = await this.#attempt(work, what);
			if (body !== null) return body;
		}
		throw new SetupFailed(`no answer to ${what || 'task'}`);
	}

	/** @throws SetupFailed when the answer is final. */
	async #attempt({ execution, secret }: Work, what: string): Promise<Buffer | null> {
		const { apiServer, host } = this.#options;
		const task = encodeId(execution.task);
		const attempt_ms = Math.ceil(toMilliseconds(ATTEMPT_S, this.#pace));
		try {
			const response = await fetch(`${baseOf(apiServer)}/rest/v2/task/${task}/${what}`, {
				headers: {
					[HEADER.host]: encodeId(host.id),
					[HEADER.hostSecret]: host.secret,
					[HEADER.task]: task,
					[HEADER.taskSecret]: secret,
				},
				redirect: 'manual',
				signal: AbortSignal.any([this.#asking.signal, AbortSignal.timeout(attempt_ms)]),
			});
			const body = await readLimited(response, MAX_BYTES);
			if (response.status === 200) return body;
			if (response.status < 500 && response.status >= 400)
				throw new SetupFailed(`${what || 'task'}: status ${response.status}`);
			return null;
		} catch (error) {
			if (error instanceof BodyTooLarge) throw new SetupFailed(`${what || 'task'}: too large`);
			if (isBroken(error)) return null;
			throw error;
		}
	}
}

/** @throws SetupFailed when the answer is not what was asked for. */
function read<Value>(schema: z.ZodType<Value>, body: Buffer): Value {
	let json: unknown;
	try {
		json = JSON.parse(body.toString('utf8'));
	} catch {
		throw new SetupFailed('an answer is no JSON');
	}
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	throw new SetupFailed(`an answer is malformed: ${parsed.error.issues[0]?.path.join('.')}`);
}

function secretsOf(
	known: z.infer<typeof ExpansionsAndVars>,
	expansions: Readonly<Record<string, string>>,
): Secret[] {
	const isPrivate = (name: string): boolean => known.private_vars[name] === true;
	const hidden = [...known.redact_keys, ...Object.keys(known.vars).filter(isPrivate)];
	const named = hidden.flatMap((name): Secret[] => {
		const value = Object.hasOwn(expansions, name) ? expansions[name] : undefined;
		return value === undefined ? [] : [{ name, value }];
	});
	const internal = Object.entries(known.internal_redactions).map(([name, value]) => ({
		name,
		value,
	}));
	return [...named, ...internal];
}
