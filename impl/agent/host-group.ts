import type { Configuration, Member, Work } from '../ports/configuration.ts';
import type { Shell } from '../ports/shell.ts';
import type { Timers } from '../ports/timers.ts';
import { type GroupLeft, GroupTeardown } from './group-teardown.ts';
import { AGENT_RULES, type AgentRules } from './rules.ts';

/** What is seen of the group that a host is set up for. */
export interface SeenGroup {
	readonly group: string;
	readonly variant: string;
	readonly version: string;
}

/** A group that a host is set up for, with the last of its tasks that started here. */
interface SetUp {
	readonly seen: SeenGroup;
	readonly work: Member;
	readonly configuration: Configuration;
}

const isMember = (work: Work): work is Member => work.group !== undefined;

/** Which group a host is set up for: from the start of a task of it to the end of its teardown_group. */
export class HostGroup {
	#setUp: SetUp | null = null;
	#teardown: GroupTeardown | null = null;
	readonly #shell: Shell;
	readonly #timers: Timers;
	readonly #rules: Pick<AgentRules, 'followsOn' | 'isSameGroup'>;

	constructor(
		shell: Shell,
		timers: Timers,
		rules: Pick<AgentRules, 'followsOn' | 'isSameGroup'> = AGENT_RULES,
	) {
		this.#shell = shell;
		this.#timers = timers;
		this.#rules = rules;
	}

	/** The same object as long as nothing changes. */
	get seen(): SeenGroup | null {
		return this.#setUp?.seen ?? null;
	}

	get isSetUp(): boolean {
		return this.#setUp !== null;
	}

	/** Whether a task can run without setup_group: it is of that very group, which was not restarted since. */
	isSetUpFor(work: Work): boolean {
		const setUp = this.#setUp;
		if (setUp === null || !isMember(work)) return false;
		const { isSameGroup, followsOn } = this.#rules;
		return isSameGroup(work.group, setUp.work.group) && followsOn(work, setUp.work);
	}

	/** A task has started: from now on the host is set up for its group. */
	started(work: Work, configuration: Configuration): void {
		const { group, variant } = configuration;
		if (!isMember(work) || group === undefined) return;
		const { version } = work.group;
		const seen = this.#setUp?.seen ?? { group, variant, version };
		this.#setUp = { seen, work, configuration };
	}

	/** Runs teardown_group of the group that the host is set up for, if any; then it is set up for none. */
	async leave(): Promise<GroupLeft> {
		if (this.#setUp === null) return { isInTime: true, leftBehind: null };
		const { work, configuration } = this.#setUp;
		this.#teardown = new GroupTeardown(this.#shell, this.#timers);
		const left = await this.#teardown.toEnd(work, configuration);
		this.#teardown = null;
		this.#setUp = null;
		return left;
	}

	/** Kills what runs of teardown_group. */
	giveUp(): void {
		this.#teardown?.giveUp();
	}
}
