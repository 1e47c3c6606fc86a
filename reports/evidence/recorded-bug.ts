/** A real bug that was built into the reference, and what shows it. */
export interface RecordedBug {
	/** Its row in the tables of real bugs, and those that are the same fault. */
	readonly ids: readonly string[];
	/** What its users saw, in one sentence. */
	readonly symptom: string;
	/** Ticket, pull request or file. */
	readonly where: string;
	/** The promises that fall in its story. */
	readonly breaks: readonly { readonly id: string; readonly name: string }[];
	/** Why none does, where only the difference from the model shows it. */
	readonly difference: string | null;
	/** Its shrunk story: how many events it has, why it takes more than a dozen, and under which name it is kept. */
	readonly events: number;
	readonly long: string | null;
	readonly story: string;
	/** The commit at which it was last reproduced; null: it was not, yet. */
	readonly commit: string | null;
}

/** Its id, and behind it the other ones. */
export const sayIds = ([id = '', ...also]: readonly string[]): string =>
	also.length === 0 ? id : `${id} (also ${also.join(', ')})`;

/** Events of its story, and why there are so many. */
export const sayLength = ({ events, long }: RecordedBug): string =>
	long === null ? String(events) : `${events}: ${long}`;
