import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { Project, TaskGroup } from '../../model/vocabulary/project.ts';
import type { Requester } from '../../model/vocabulary/setup.ts';
import type { Awaitable } from '../store/store.ts';

/** The tasks of one group on one variant of one version, as an app server tells them apart. */
export interface GroupRun {
	readonly group: string;
	readonly version: string;
	/** Stands for the variant. */
	readonly build: string;
	/** How often it was restarted, with all that restarts with it, before the task was handed out. */
	readonly restarts: number;
}

/** The execution that a host was handed, with its secret. */
export interface Work {
	readonly execution: ExecutionRef;
	readonly secret: string;
	/** What it runs as a part of, unless it is a task of no group. */
	readonly group?: GroupRun;
}

/** What a host was handed as a part of a group. */
export interface Member extends Work {
	readonly group: GroupRun;
}

/** A value that no log may show, under the name that is shown in its place. */
export interface Secret {
	readonly name: string;
	readonly value: string;
}

/** What an agent must know of its task before it starts (lifecycle 6.3, calls 3 to 10). */
export interface Configuration {
	readonly project: Project;
	/** The task's name in the project. */
	readonly task: string;
	readonly variant: string;
	/** The group of the project as a member of which it runs. */
	readonly group?: string;
	readonly requester: Requester;
	/** What `${name}` stands for in the parameters of a command. */
	readonly expansions?: Readonly<Record<string, string>>;
	readonly secrets?: readonly Secret[];
}

/** The definition of the group as a member of which a task runs, if it does. */
export const definitionOf = ({
	project,
	group,
}: Pick<Configuration, 'project' | 'group'>): TaskGroup | undefined =>
	project.task_groups?.find(({ name }) => name === group);

/** The task cannot be set up: its configuration cannot be had, or the host cannot run it. */
export class SetupFailed extends Error {
	override name = 'SetupFailed';
}

/** What an agent must know before it asks for work (lifecycle 6.3, call 1). */
export interface AgentSetup {
	/** Whether the failure of a background command fails its task (lifecycle 4.6). */
	readonly noticesBackgroundFailures: boolean;
}

/** What holds where the app server says nothing else (docs/semantics.md, `background-fails`). */
export const DEFAULT_AGENT_SETUP: AgentSetup = { noticesBackgroundFailures: true };

/** Where an agent gets it. */
export interface Configurations {
	/** What holds for all tasks of this host; never fails, as an agent can do without. */
	ofAgent(): Awaitable<AgentSetup>;
	/** @throws SetupFailed when it cannot be had. */
	of(work: Work): Awaitable<Configuration>;
	/** Gives up what is asked for now, if anything: `of` throws. */
	giveUp(): void;
}
