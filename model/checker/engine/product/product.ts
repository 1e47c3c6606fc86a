/**
 * A system to explore: components that each have a small integer for a state, a network of messages
 * without order, and budgets for what may happen only so often. What the integers stand for is the
 * product's affair; the checker only asks rules what becomes of them, once for each combination that
 * a rule reads, and keeps the answers.
 */
export interface Product<Label> {
	/** What the components are called. */
	readonly components: readonly string[];
	/** The state in which each component begins. */
	readonly initial: readonly number[];
	readonly budgets: readonly Budget[];
	/** Most messages in flight. A step that would exceed it is cut off: a bound of the exploration. */
	readonly capacity: number;
	/** What can happen by itself in any state. */
	readonly rules: readonly Rule<Label>[];
	/** What can happen because a message is in flight; asked once for each message. */
	deliveries(message: number): readonly Rule<Label>[];
	readonly observers: readonly Observer<Label>[];
	/**
	 * What is kept of a component when a step is over: a state may show observers more than what is
	 * carried on, such as what was just written to an archive. Without it, everything is kept.
	 */
	settle?(component: number, state: number): number;
	/**
	 * The first state of a component that looked to observers as this one does: they are shown that one,
	 * and a step between two that look the same has not changed the component for them. Without it, every
	 * state looks different.
	 */
	look?(component: number, state: number): number;
	/** Ways to exchange what is alike, but for the one that leaves everything as it is; all that there are. */
	readonly exchanges?: readonly Exchange<Label>[];
	/** Bytes of what it keeps to tell its states and messages apart, estimated. */
	readonly bytes?: number;
	/** What must not be so for ever, whatever the observers remember. */
	readonly demands?: readonly Demand[];
}

/**
 * A way in which components of a product that are alike, such as hosts, change places. It is told by what becomes of
 * steps and messages; the first state stays as it is.
 */
export interface Exchange<Label> {
	/** How a step reads, as JSON, when everybody in it has changed places. */
	said(label: Label): string;
	message(message: number): number;
}

/** Something that may happen so often in one run, at most seven times. */
export interface Budget {
	readonly name: string;
	readonly amount: number;
}

/**
 * Something that can happen. Its outcomes depend on nothing but the states of the components that
 * it reads (eight at the most).
 */
export interface Rule<Label> {
	readonly reads: readonly number[];
	/** The ways in which it can happen now; none: it cannot. Asked once for each combination. */
	ask(states: readonly number[]): readonly Outcome<Label>[];
	/** What follows in the same step: each has one outcome, whose label and cost do not matter. */
	readonly parts?: readonly Rule<Label>[];
}

export interface Outcome<Label> {
	readonly label: Label;
	/** What becomes of the components that the rule reads, in their order. */
	readonly writes: readonly number[];
	/** What becomes of the messages in flight. */
	readonly network?: readonly NetworkStep[];
	/** The place of the budget that it costs one of. What costs nothing is fair: liveness relies on it. */
	readonly cost?: number;
}

/** A change of the messages in flight. `each` says what becomes of every one of them; null: it is dropped. */
export type NetworkStep =
	| { readonly take: number }
	| { readonly add: number }
	| { readonly name: string; each(message: number): number | null };

/** What an observer may look at: the component states before and after a step. What it reads is recorded. */
export interface View {
	/** Whether the step changed how the component looks; costs nothing to know. */
	changed(component: number): boolean;
	before(component: number): number;
	after(component: number): number;
}

export interface Judgement {
	readonly memory: unknown;
	/** The promise was put to the test. */
	readonly exercised: boolean;
	/** Null, or one sentence on what was promised and seen instead. */
	readonly broken: string | null;
}

/** A promise that is judged step by step, with a memory of its own that is plain data. */
export interface Observer<Label> {
	readonly id: string;
	/** What it remembers at first. */
	readonly memory: unknown;
	/** Null: nothing to say, nothing to remember anew. A pure function of what it is given and reads. */
	step(memory: unknown, label: Label, view: View): Judgement | null;
	/** The halves of the promise, where they are told apart. */
	readonly halves?: readonly Half<Label>[];
}

/** A half of a promise. */
export interface Half<Label> {
	/** Whether a step that puts the promise to the test puts this half to it. A pure function of what it is given and reads. */
	isTested(label: Label, view: View): boolean;
}

/** Something that is still owed to somebody in a state; owed for ever under fairness, it is a violation. */
export interface Demand {
	readonly id: string;
	/** Null, or one sentence on what is owed. A pure function of what it looks at. */
	owed(look: Look): string | null;
}

/** What a demand may look at: the component states of one state. What it reads is recorded. */
export interface Look {
	state(component: number): number;
	/** How many messages are in flight. */
	inFlight(): number;
}
