import type { Bounds } from '../vocabulary/bounds.ts';
import type { Entrance } from '../vocabulary/design.ts';

/** What the decision record says of a design, and what a machine checks of it. */
interface Claim {
	readonly id: string;
	readonly words: string;
}

/** Of a rejected design: that guarantees fall under it. */
export interface Rejection extends Claim {
	/** One of these has to fall. */
	readonly falls: readonly string[];
	/** These are said to fall with it; whether they do is told, and decides nothing. */
	readonly besides: readonly string[];
}

/** What a stranger can do under one design and no other, within the bounds of a configuration of the checker. */
export type Stranger = Required<Pick<Bounds, 'posted'>> | Required<Pick<Bounds, 'forged'>>;

/**
 * One option of the decision record: all that there is to know of it, but for its variant of the model
 * (`model/designs/`) and of the reference (`impl/designs/`).
 */
export interface DesignEntry {
	/** The option's number in the decision record. */
	readonly option: number;
	/** In a few words, for columns. */
	readonly name: string;
	readonly what: string;
	/** How a mark reaches the app server. */
	readonly summary: string;
	/** Why it was taken or left. */
	readonly why: string;
	readonly entrance: Entrance;
	/** What the record claims; of the chosen one: that every guarantee holds. */
	readonly verdict:
		| { readonly fate: 'rejected'; readonly claim: Rejection }
		| { readonly fate: 'chosen'; readonly claim: Claim };
	/** A command that is retried, as a team would write it, and with nothing else in it. */
	readonly yaml: string;
	/** Whom it lets in; null: nobody. */
	readonly stranger: Stranger | null;
	/** What a quick trial is known to show, to the letter: a change of judges or variants is seen by it. */
	readonly known: {
		/** Guarantees that fall. */
		readonly falls: readonly string[];
		/** Of four ways in which a command fails, in how many it is retried: the suspected one, and another one. */
		readonly retried: { readonly suspected: number; readonly other: number };
		/** Lines of YAML more for a command that is retried. */
		readonly yaml_lines: number;
	};
}
