import { ENTRY_BYTES } from '../memory/interned.ts';
import { Ints } from '../memory/ints.ts';
import { MISSING } from '../memory/memo.ts';
import { FIRST } from '../memory/place.ts';
import type { Product, Rule } from '../product/product.ts';
import { ProductError } from '../product/product-error.ts';
import type { Networks } from './networks.ts';

/** Most components that a rule reads. */
export const READS = 8;
/** Integers of a rule in `reads`: how many components it reads, and which (as places). */
export const RULE_SIZE = 1 + READS;

/**
 * The rules of a product by number, and lists of them by their place in `lists`: those that are always
 * tried, those that a message makes possible, and those that follow in the same step.
 */
export class Rules<Label> {
	/** By rule: `RULE_SIZE` integers. */
	readonly reads = new Ints();
	/** [count, rule...]; or [count, list...] where a network makes several lists possible. */
	readonly lists = new Ints();
	readonly always: number;
	/** By network: place in `lists` of [count, list...], or MISSING. */
	readonly ofNetwork = new Ints();
	readonly #product: Product<Label>;
	readonly #networks: Networks;
	readonly #rules: Rule<Label>[] = [];
	readonly #numbers = new Map<Rule<Label>, number>();
	readonly #listPlaces = new Map<readonly Rule<Label>[], number>();
	readonly #listOfMessage = new Map<number, number>();
	readonly #messageOfList = new Map<number, number>();

	constructor(product: Product<Label>, networks: Networks) {
		this.#product = product;
		this.#networks = networks;
		this.always = this.list(product.rules);
	}

	/** Bytes, estimated where they are not in arrays. */
	get bytes(): number {
		const { reads, lists, ofNetwork } = this;
		return reads.bytes + lists.bytes + ofNetwork.bytes + this.#rules.length * 2 * ENTRY_BYTES;
	}

	/** @throws RangeError for a number that was never given. */
	rule(number: number): Rule<Label> {
		const rule = this.#rules[number];
		if (rule === undefined) throw new RangeError(`no rule ${number}`);
		return rule;
	}

	/** The place of a list of rules. */
	list(rules: readonly Rule<Label>[]): number {
		let place = this.#listPlaces.get(rules);
		if (place === undefined) {
			const numbers = rules.map((rule) => this.#number(rule));
			place = this.#push(numbers);
			this.#listPlaces.set(rules, place);
		}
		return place;
	}

	/** The list of the rules that a message in flight makes possible. */
	ofMessage(message: number): number {
		let list = this.#listOfMessage.get(message);
		if (list === undefined) {
			list = this.list(this.#product.deliveries(message));
			this.#listOfMessage.set(message, list);
			this.#messageOfList.set(list, message);
		}
		return list;
	}

	/** The message that makes the rules of a list possible. */
	messageOf(list: number): number {
		const message = this.#messageOfList.get(list);
		if (message === undefined) throw new RangeError(`no message makes the list ${list} possible`);
		return message;
	}

	/** Finds the lists of the rules that the messages of a network make possible: one for each message. */
	findOfNetwork(network: number): void {
		while (this.ofNetwork.length <= network) this.ofNetwork.push(MISSING);
		if (this.ofNetwork.at(network) !== MISSING) return;
		const messages = new Set(this.#networks.messages(network));
		const place = this.#push([...messages].map((message) => this.ofMessage(message)));
		this.ofNetwork.array[network] = place;
	}

	#push(members: readonly number[]): number {
		const place = this.lists.push(members.length);
		for (const member of members) this.lists.push(member);
		return place;
	}

	#number(rule: Rule<Label>): number {
		let number = this.#numbers.get(rule);
		if (number === undefined) {
			if (rule.reads.length > READS)
				throw new ProductError(`a rule reads at most ${READS} components`);
			number = this.#rules.push(rule) - 1;
			this.#numbers.set(rule, number);
			this.reads.push(rule.reads.length);
			for (let place = 0; place < READS; place++) this.reads.push((rule.reads[place] ?? 0) + FIRST);
		}
		return number;
	}
}
