import { DESIGNS } from '../../../model/catalogue/index.ts';
import type { Design } from '../../../model/vocabulary/design.ts';
import type { Event } from '../../../model/vocabulary/events/event.ts';
import { plural } from '../../../model/vocabulary/plural.ts';
import { designOf, underDesign } from '../../../model/vocabulary/setup.ts';
import { type Story, TokenError } from '../../../model/vocabulary/stories/token-text.ts';
import { readScenarioText } from '../../../scenarios/format/read-text.ts';
import { describe } from '../../../scenarios/yaml/problem.ts';
import { sayChanges } from '../../wording/changes.ts';
import { sayEvent } from '../../wording/event.ts';
import { Beside } from '../beside.ts';
import { Exploration, type Point } from '../exploration.ts';
import { brokenAt, type Foreseen, foresee } from '../foreseen.ts';
import { type Found, type Goal, LIMITS, type Limits, Search, wider } from '../search.ts';
import { STARTS } from '../starts.ts';
import type { Kept } from './kept.ts';
import { fromToken, toToken } from './tokens.ts';

/** How a search stands, or how it ended. */
export interface Searching {
	readonly goal: Goal;
	readonly words: string;
	readonly isOver: boolean;
	/** Goes on from where it stopped; null: it is not over, has found it, or has seen all there is. */
	readonly further: (() => Promise<void>) | null;
}

/** Milliseconds of a search until the page is drawn again, and whoever wants to stop it is heard. */
const SLICE = 100;

/** What a search did, and why it stopped, by the limit that it met. */
const MET: Readonly<Record<keyof Limits, (limits: Limits) => string>> = {
	states: ({ interventions }) =>
		`with at most ${interventions} faults, users' acts, hours and the like`,
	events: ({ events }) => `which is all that is at most ${plural(events, 'event')} away`,
	interventions: ({ interventions }) =>
		`which is all that at most ${interventions} faults, users' acts, hours and the like lead to`,
};

/** Milliseconds that the reader stays somewhere until the address says so: to change it takes longer than a step of the model. */
const STAYS = 100;

/** A story to begin with, under a name. */
export interface Opening {
	readonly name: string;
	readonly token: string;
	/** A sentence on what it is for. */
	readonly about?: string | undefined;
}

/** All that the reader has on the table, and what can be done with it. Who draws it is told of every change. */
export class Desk {
	#exploration: Exploration;
	#beside: Beside | null = null;
	#searching: Searching | null = null;
	/** Counts searches: one that is not the last has been called off. */
	#searches = 0;
	#said = '';
	#trouble: string | null = null;
	#foreseen: { readonly point: Point; readonly all: readonly Foreseen[] } | null = null;
	readonly #onChange = new Set<() => void>();
	readonly #onToken = new Set<(token: string) => void>();
	version = 0;

	readonly #openings: readonly Opening[];
	/** The place of what was begun with; null: something else was opened. */
	#started: number | null = null;

	constructor(openings: readonly Opening[]) {
		this.#openings = openings;
		const [first] = STARTS;
		if (first === undefined) throw new RangeError('there is nothing to begin with');
		this.#exploration = new Exploration(first.setup);
	}

	/** All that can be begun with: what the page brought along, or what always is there. */
	get starts(): readonly Pick<Opening, 'name' | 'about'>[] {
		return this.#openings.length > 0 ? this.#openings : STARTS;
	}
	get started(): number | null {
		return this.#started;
	}

	/** @param design under which, if not its own. */
	async beginWith(place: number, design?: Design): Promise<void> {
		const opening = this.#openings[place];
		const start = this.#openings.length > 0 ? undefined : STARTS[place];
		if (opening !== undefined) await this.open(opening.token);
		else if (start !== undefined) this.begin({ setup: start.setup, events: [] });
		this.#started = place;
		if (design !== undefined && design !== this.design) this.chooseDesign(design);
		this.#changed();
	}

	get exploration(): Exploration {
		return this.#exploration;
	}
	get here(): Point {
		return this.#exploration.here;
	}
	get beside(): Beside | null {
		return this.#beside;
	}
	get searching(): Searching | null {
		return this.#searching;
	}
	/** What is said to those who listen. */
	get said(): string {
		return this.#said;
	}
	/** What could not be done, and why. */
	get trouble(): string | null {
		return this.#trouble;
	}
	get design(): Design {
		return designOf(this.#exploration.setup);
	}

	/** From where it began to its last event, in a few words. */
	get nameOfStory(): string {
		const { started } = this;
		const begun = started === null ? undefined : this.starts[started]?.name;
		const { event } = this.here;
		return [begun ?? 'a story', event === null ? 'the beginning' : sayEvent(event)].join(', ');
	}

	get foreseen(): readonly Foreseen[] {
		if (this.#foreseen?.point !== this.here)
			this.#foreseen = { point: this.here, all: foresee(this.#exploration, this.here) };
		return this.#foreseen.all;
	}

	listen(onChange: () => void): () => void {
		this.#onChange.add(onChange);
		return () => this.#onChange.delete(onChange);
	}

	/** Who is told of it draws nothing: a token takes a while, and is of no matter to what is seen. */
	listenForToken(onToken: (token: string) => void): void {
		this.#onToken.add(onToken);
	}

	choose(event: Event): void {
		if (this.#exploration.choose(event)) this.#moved(this.#sayHere());
		else if (this.#exploration.isFull) this.#sayFull();
	}

	/** Nothing more can happen here, so that whatever was to come is not claimed. */
	#sayFull(): void {
		this.#fails(`A story has at most ${this.here.depth} events: go back, or begin anew.`);
	}

	undo(): void {
		const { event } = this.here;
		if (this.#exploration.undo() && event !== null) this.#moved(`Undone: ${sayEvent(event)}.`);
	}

	redo(): void {
		if (this.#exploration.redo()) this.#moved(this.#sayHere());
	}

	jump(to: Point): void {
		this.#exploration.jump(to);
		this.#moved(to.event === null ? 'At the beginning.' : this.#sayHere());
	}

	comeToRest(): void {
		const events = this.#exploration.comeToRest();
		if (this.#exploration.isFull) {
			this.#moved(this.#sayHere());
			return this.#sayFull();
		}
		this.#moved(
			events === 0
				? 'At rest already: nothing that is fair is left to happen.'
				: `At rest after ${plural(events, 'more event')}.`,
		);
	}

	/** Another setup, or a whole story, in place of this one. */
	begin(story: Story): void {
		this.#exploration = new Exploration(story.setup);
		const leftOut = this.#exploration.play(story.events);
		this.#started = null;
		if (this.#beside !== null) this.#setBeside(this.#beside.design);
		this.#moved(
			story.events.length === 0
				? 'At the beginning.'
				: `Opened: a story of ${plural(this.here.depth, 'event')}.`,
		);
		const [first] = leftOut;
		if (first !== undefined)
			this.#fails(
				`Left out, as under ${DESIGNS[this.design].name} it could not happen when its turn came: ${plural(leftOut.length, 'event')} of ${story.events.length}, the first of them "${sayEvent(first)}".`,
			);
	}

	/** The same story under another design; what is not possible there is left out. */
	chooseDesign(design: Design): void {
		const { branches, story } = this.#exploration;
		const started = this.#started;
		const setup = underDesign(story.setup, design);
		this.begin({ setup, events: story.events });
		this.#exploration.graft(branches);
		this.#started = started;
		this.#changed();
	}

	compare(design: Design | null): void {
		this.#setBeside(design);
		this.#changed();
		this.#sign();
	}

	/** All that outlives a reload, but the token. */
	get kept(): Omit<Kept, 'token'> {
		const { branches } = this.#exploration;
		return {
			branches: branches.map((events) => [...events]),
			beside: this.#beside?.design ?? null,
			started: this.#started,
		};
	}

	/** The desk as it was before the page was loaded again; its story is open already. */
	restore({ branches, beside, started }: Kept): void {
		this.#exploration.graft(branches);
		this.#setBeside(beside);
		this.#started = started !== null && started < this.starts.length ? started : null;
		this.#moved(this.#sayHere());
	}

	#setBeside(design: Design | null): void {
		this.#beside = design === null ? null : new Beside(this.#exploration.setup, design);
	}

	/** Opens a token, or what has one in it, or says why it cannot. */
	async open(text: string): Promise<void> {
		const trouble = await this.openPasted(text);
		if (trouble !== null) this.#fails(trouble);
	}

	/** Opens what was pasted: a token, a command or address with one in it, or a scenario. What it gives is why it could not. */
	async openPasted(text: string): Promise<string | null> {
		const token = /\bv\d+\.[\w-]+(\.[\w-]+)?/.exec(text)?.[0];
		const isOneWord = !text.trim().includes('\n');
		if (token !== undefined && isOneWord) return await this.#openToken(token);
		const read = readScenarioText(text, 'scenario');
		if (read.kind === 'loaded') {
			this.begin(read.scenario.story);
			return null;
		}
		const [first] = read.problems;
		return isOneWord
			? 'This is no token, which begins with "v2.", and no scenario.'
			: `The scenario cannot be read. ${first === undefined ? '' : describe(first)}`;
	}

	async #openToken(token: string): Promise<string | null> {
		try {
			this.begin(await fromToken(token));
			return null;
		} catch (error) {
			if (!(error instanceof TokenError)) throw error;
			return `It cannot be opened: ${error.message}.`;
		}
	}

	/** Looks for the shortest way to a goal, in slices that leave the page usable, and goes there. */
	async seek(goal: Goal): Promise<void> {
		const start = this.here;
		await this.#look(goal, start, new Search(this.#exploration, start, goal), LIMITS);
	}

	async #look(goal: Goal, start: Point, search: Search, limits: Limits): Promise<void> {
		const own = ++this.#searches;
		const exploration = this.#exploration;
		const looking = search.within(limits);
		let shown = 0;
		for (;;) {
			const step = looking.next();
			if (step.done === true) {
				const on = (wide: Limits) => () => this.#look(goal, start, search, wide);
				return this.#sought(goal, start, step.value, limits, on);
			}
			// To draw the page takes as long as to look at many states.
			if (performance.now() - shown < SLICE) continue;
			const { states, depth } = step.value;
			const words = `Looking: ${plural(states, 'state')} so far, ${plural(depth, 'event')} deep.`;
			this.#searching = { goal, words, isOver: false, further: null };
			this.#changed();
			await new Promise((resolve) => setTimeout(resolve));
			shown = performance.now();
			if (own !== this.#searches || exploration !== this.#exploration) return;
		}
	}

	#sought(
		goal: Goal,
		start: Point,
		found: Found,
		limits: Limits,
		on: (wide: Limits) => () => Promise<void>,
	): void {
		const states = plural(found.states, 'state');
		const bound = `with at most ${limits.interventions} faults, users' acts, hours and the like`;
		if (found.kind === 'found') {
			this.#exploration.jump(start);
			if (this.#exploration.play(found.events).length > 0) {
				this.#moved(this.#sayHere());
				return this.#sayFull();
			}
			const words = `Found: ${goal.words}, ${plural(found.events.length, 'event')} on; the shortest way ${bound}. ${states} looked at.`;
			this.#searching = { goal, words, isOver: true, further: null };
			return this.#moved(words);
		}
		const wide = found.why === 'exhausted' ? null : wider(limits, found.why, found.states);
		const words =
			found.why === 'exhausted'
				? `It cannot be reached from here: all ${states} were looked at.`
				: `Not found within the bound: ${states} looked at, ${plural(found.depth, 'event')} deep, ${MET[found.why](limits)}. Beyond it nothing is said${wide === null ? '; the checker goes further than this page' : ''}.`;
		const further = wide === null ? null : on(wide);
		this.#searching = { goal, words, isOver: true, further };
		this.#said = words;
		this.#changed();
	}

	stopSeeking(): void {
		this.#searches++;
		if (this.#searching !== null && !this.#searching.isOver)
			this.#searching = { ...this.#searching, words: 'Called off.', isOver: true, further: null };
		this.#changed();
	}

	#sayHere(): string {
		const { before, event, depth, seen } = this.here;
		if (before === null || event === null) return 'At the beginning.';
		const broken = brokenAt(this.here).map(({ id, name }) => `Broken: ${id}, ${name}.`);
		const changes = sayChanges(this.#exploration.setup, before.seen, seen);
		return [
			`Event ${depth}: ${sayEvent(event)}.`,
			...broken,
			...changes.map((one) => `${one}.`),
		].join(' ');
	}

	#moved(said: string): void {
		this.#said = said;
		this.#trouble = null;
		// A search that goes on is called off: it set out from elsewhere.
		if (this.#searching?.words !== said) this.#searching = null;
		this.#searches++;
		this.#changed();
		this.#sign();
	}

	/** The token of where the reader is. */
	token(): Promise<string> {
		return toToken(this.#exploration.story);
	}

	#sign(): void {
		const { here } = this;
		setTimeout(async () => {
			if (here !== this.here) return;
			const token = await this.token();
			for (const told of this.#onToken) if (here === this.here) told(token);
		}, STAYS);
	}

	#fails(trouble: string): void {
		this.#trouble = trouble;
		this.#said = trouble;
		this.#changed();
	}

	#changed(): void {
		this.version++;
		for (const told of this.#onChange) told();
	}
}
