import type { Command } from 'commander';
import type { CheckTools } from './check.ts';
import type { DesignsTools } from './designs.ts';
import type { FuzzTools } from './fuzz.ts';
import type { MergeTools } from './merge.ts';
import type { ReviewTools } from './review.ts';
import type { TourTools } from './tour.ts';
import type { VerifyTools } from './verify.ts';

/** For tests: what the commands do their work with, instead of the usual. */
export type Tools = VerifyTools &
	CheckTools &
	TourTools &
	DesignsTools &
	ReviewTools &
	MergeTools &
	FuzzTools;

interface Entry {
	/** What stands behind the name and the options in the help: as the command itself has it. */
	readonly usage?: string;
	/** As the command itself has it. */
	readonly summary: string;
	readonly load: () => Promise<(program: Command, tools: Tools) => void>;
}

/**
 * Each command, in the order of the help. Its module is loaded when the command is wanted: all of them
 * take seconds. What the help says of all is kept here, so that the help loads none.
 */
export const COMMANDS: Readonly<Record<string, Entry>> = {
	verify: {
		usage: '[project.yml]',
		summary: 'put the model and the reference on trial',
		load: async () => (await import('./verify.ts')).addVerify,
	},
	check: {
		usage: '[configuration...]',
		summary: 'go through every state of the model, up to a stated bound',
		load: async () => (await import('./check.ts')).addCheck,
	},
	tour: {
		usage: '<configuration...>',
		summary: 'walk the reference through every step of the model',
		load: async () => (await import('./tour.ts')).addTour,
	},
	designs: {
		summary: 'put the designs of the decision record on trial',
		load: async () => (await import('./designs.ts')).addDesigns,
	},
	simulate: {
		usage: '<project.yml>',
		summary: "estimate what the flag buys and costs in a project's own tasks",
		load: async () => (await import('./simulate.ts')).addSimulate,
	},
	lint: {
		usage: '<project.yml...>',
		summary: 'say which flags of project files do nothing, and where',
		load: async () => (await import('./lint.ts')).addLint,
	},
	explain: {
		usage: '<project.yml> [task]',
		summary: 'say what each flag of a project file does, and what it restarts',
		load: async () => (await import('./explain.ts')).addExplain,
	},
	deviations: {
		usage: '[id...]',
		summary: 'build real bugs into the reference, and show that each is found',
		load: async () => (await import('./deviations.ts')).addDeviations,
	},
	fuzz: {
		summary: 'tell random stories for as long as you like',
		load: async () => (await import('./fuzz.ts')).addFuzz,
	},
	merge: {
		usage: '<folders...>',
		summary: 'put the parts of a run together, and judge their union',
		load: async () => (await import('./merge.ts')).addMerge,
	},
	export: {
		usage: '[command]',
		summary: 'give the model to another checker',
		load: async () => (await import('./export.ts')).addExport,
	},
	new: {
		usage: '[command]',
		summary: 'write a scenario for a task of a project',
		load: async () => (await import('./new.ts')).addNew,
	},
	replay: {
		usage: '<file|token...>',
		summary: 'show stories event by event',
		load: async () => (await import('./replay.ts')).addReplay,
	},
	review: {
		usage: '[project.yml]',
		summary: 'write the design review from the evidence in reports/out',
		load: async () => (await import('./review.ts')).addReview,
	},
	explore: {
		usage: '[file|token|configuration|project.yml]',
		summary: 'write a page in which you choose what happens next',
		load: async () => (await import('./explore.ts')).addExplore,
	},
	run: {
		usage: '<project.yml> <task>',
		summary: 'run one task for real, with its automatic restart',
		load: async () => (await import('./run.ts')).addRun,
	},
	serve: {
		summary: 'run the reference app server',
		load: async () => (await import('./serve.ts')).addServe,
	},
	submit: {
		usage: '<project.yml> [task...]',
		summary: 'load a project into an app server and schedule tasks of it',
		load: async () => (await import('./submit.ts')).addSubmit,
	},
	host: {
		usage: '<id>',
		summary: 'register a host with an app server',
		load: async () => (await import('./host.ts')).addHost,
	},
	agent: {
		summary: 'run tasks of an app server on this host',
		load: async () => (await import('./agent.ts')).addAgent,
	},
};

/** Adds the command that the arguments name; where they name none, what the help says of each. */
export async function addWanted(
	program: Command,
	args: readonly string[],
	tools: Tools,
): Promise<void> {
	const name = args.find((arg) => arg !== 'help' && !arg.startsWith('-')) ?? '';
	const wanted = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (wanted !== undefined) return (await wanted.load())(program, tools);
	for (const [name, { usage = '', summary }] of Object.entries(COMMANDS))
		program.command(name).summary(summary).usage(`[options] ${usage}`.trim());
}
