import { z } from 'zod';
import { Requester } from '../../model/vocabulary/setup.ts';
import {
	type AgentSetup,
	type Configuration,
	type Configurations,
	DEFAULT_AGENT_SETUP,
	definitionOf,
	type Secret,
	SetupFailed,
	type Work,
} from '../ports/configuration.ts';
import { encodeId } from '../wire/path.ts';
import { Asker, type AskerOptions, type Question } from './asker.ts';
import { readParserProject } from './parser-project.ts';

const TaskView = z.object({
	display_name: z.string(),
	build_variant: z.string(),
	task_group: z
		.string()
		.nullish()
		.transform((group) => group || undefined),
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

const Setup = z.object({ background_command_failure_enabled: z.boolean().nullish() });

/** The answers to calls 6 to 10: an agent that runs shells needs no more of them than that they are there. */
const ANSWERED = {
	display_task: z.object({}),
	distro_view: z.object({}),
	host_view: z.object({ hostname: z.string() }),
	project_ref: z.object({ id: z.string() }),
	patch: z.object({}),
} as const;

/** Asks the app server for what agent and task need, in the order of lifecycle 6.3: calls 1, and 3 to 10. */
export class HttpConfigurations implements Configurations {
	readonly #asker: Asker;
	readonly #tell: (trouble: string) => void;

	constructor(options: AskerOptions) {
		this.#asker = new Asker(options);
		this.#tell = options.tell ?? (() => {});
	}

	async ofAgent(): Promise<AgentSetup> {
		this.#asker.begin();
		const answer = await this.#asker.ask({ path: 'agent/setup', work: null });
		const setup = answer.kind === 'answered' ? Setup.safeParse(jsonIn(answer.body)) : null;
		if (answer.kind === 'unanswered') this.#tell(`agent/setup: ${answer.why}`);
		else if (setup?.success === false) this.#tell('agent/setup: malformed');
		const noticed = setup?.data?.background_command_failure_enabled;
		return noticed == null ? DEFAULT_AGENT_SETUP : { noticesBackgroundFailures: noticed };
	}

	async of(work: Work): Promise<Configuration> {
		this.#asker.begin();
		try {
			return await this.#ask(work);
		} catch (error) {
			if (error instanceof SetupFailed) this.#tell(`the task cannot be set up: ${error.message}`);
			throw error;
		}
	}

	giveUp(): void {
		this.#asker.giveUp();
	}

	async #ask(work: Work): Promise<Configuration> {
		const project = readParserProject(await this.#get(work, 'parser_project'));
		if (project === null) throw new SetupFailed('parser_project: no project can be read in it');
		const view = await this.#read(work, '', TaskView);
		const known = await this.#read(work, 'expansions_and_vars', ExpansionsAndVars);
		await this.#read(work, 'display_task', ANSWERED.display_task);
		await this.#read(work, 'distro_view', ANSWERED.distro_view);
		await this.#read(work, 'host_view', ANSWERED.host_view);
		await this.#read(work, 'project_ref', ANSWERED.project_ref);
		const group = view.task_group;
		if (group !== undefined && definitionOf({ project, group }) === undefined)
			throw new SetupFailed(`parser_project: there is no task group "${group}"`);
		if (GITHUB_PATCH.has(view.r)) await this.#read(work, 'patch', ANSWERED.patch);
		else await this.#askForVersion(work);
		const expansions = { ...known.expansions, ...known.vars, ...known.parameters };
		return {
			project,
			task: view.display_name,
			variant: view.build_variant,
			...(group === undefined ? {} : { group }),
			requester: view.r,
			expansions,
			secrets: secretsOf(known, expansions),
		};
	}

	/** Call 10b, without which a task runs all the same. It is sent once: nothing of it is used. */
	async #askForVersion(work: Work): Promise<void> {
		const answer = await this.#asker.ask(questionOf(work, 'version'), 1);
		if (answer.kind === 'unanswered') this.#tell(`version: ${answer.why}`);
	}

	async #get(work: Work, what: string): Promise<Buffer> {
		const answer = await this.#asker.ask(questionOf(work, what));
		if (answer.kind === 'answered') return answer.body;
		throw new SetupFailed(`${what || 'task'}: ${answer.why}`);
	}

	async #read<Value>(work: Work, what: string, schema: z.ZodType<Value>): Promise<Value> {
		const parsed = schema.safeParse(jsonIn(await this.#get(work, what)));
		if (parsed.success) return parsed.data;
		const [issue] = parsed.error.issues;
		throw new SetupFailed(
			`${what || 'task'}: malformed: ${issue?.path.join('.')}: ${issue?.message}`,
		);
	}
}

/** Whose tasks have a patch (lifecycle 1.3, `IsGitHubPatch`). */
const GITHUB_PATCH: ReadonlySet<Requester> = new Set<Requester>([
	'github_pull_request',
	'github_merge_request',
]);

const questionOf = (work: Work, what: string): Question => ({
	path: `task/${encodeId(work.execution.task)}/${what}`,
	work,
});

/** What is no JSON is nothing at all, and no schema takes it. */
function jsonIn(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
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
