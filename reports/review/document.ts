import type { MachineGraph } from '../evidence/machine-graph.ts';
import type { NarratedStory } from '../evidence/narrated-story.ts';
import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import type { Broken } from './broken.ts';
import type { Option } from './decision.ts';
import type { Headline } from './headline.ts';
import type { Matrix } from './matrix.ts';

/*
 * What the review says, before anybody draws it. Every text may hold names from files, which may be anything: whoever
 * draws a document escapes all of it for its own target.
 */

export interface Review {
	readonly title: { readonly what: string; readonly of: string };
	readonly headline: Headline;
	readonly sections: readonly Section[];
}

/** One section of the review. */
export interface Section {
	readonly id: string;
	readonly title: string;
	/** What it is called where there is little room. */
	readonly short?: string;
	/** What it comes to, in one sentence. */
	readonly answer: string;
	/** What to know before reading it. */
	readonly lead?: string;
	/** What more to know where colours are seen and buttons pressed. */
	readonly handling?: string;
	/** The command that prints its numbers again; null: there are none. */
	readonly source?: string | null;
	readonly blocks: readonly Block[];
}

export type Block =
	| Missing
	| Paragraph
	| Table
	| Figures
	| Points
	| Columns
	| Commands
	| Shell
	| Folded
	| Charts
	| Heading
	| Options
	| Designs
	| Story
	| Machines
	| Sequence;

/** An input that was not there: what is missing and what makes it. */
export interface Missing {
	readonly kind: 'missing';
	readonly what: string;
	readonly command: string;
}

/** Words of ours, and among them what somebody else said, which may not turn what stands around it. */
export type Text = readonly (string | { readonly said: string })[];

export interface Paragraph {
	readonly kind: 'paragraph';
	readonly text: Text;
	/** What comes first. */
	readonly strong?: string;
	/** What it is good or bad news of. */
	readonly verdict?: 'holds' | 'violated';
	/** Whether it says that something was left out. */
	readonly cut?: boolean;
	/** Whether it says what was chosen. */
	readonly chosen?: boolean;
}

export type Cell =
	| string
	/** A verdict, and why. */
	| { readonly verdict: Verdict; readonly note: string | null }
	/** A guarantee or claim. */
	| { readonly id: string; readonly name: string }
	/** Words of ours, in which what stands between backticks is code. */
	| { readonly marked: string }
	/** A file. */
	| { readonly file: string }
	/** What plays a story; null: there is none. */
	| { readonly replay: string | null }
	/** Ids, and the anchors of those that stand on the page. */
	| { readonly ids: readonly { readonly id: string; readonly anchor: string | null }[] };

export interface Table {
	readonly kind: 'table';
	/** What it is called where its heading is seen. */
	readonly title?: string;
	/** What it is called where it is only heard. */
	readonly label: string;
	readonly head: readonly string[];
	/** Those of the columns that are numbers, and those that are sentences. */
	readonly numbers?: readonly string[];
	readonly wide?: readonly string[];
	readonly rows: readonly (readonly Cell[])[];
	/** What links to a row, by its place. */
	readonly anchors?: readonly string[];
	/** How it is set where there is a choice. */
	readonly look?: 'facts' | 'traces';
}

/** Estimates at a glance. */
export interface Figures {
	readonly kind: 'figures';
	readonly label: string;
	readonly of: readonly { readonly what: string; readonly value: string }[];
}

/** What stands one below the other. */
export interface Points {
	readonly kind: 'points';
	readonly of: readonly Text[];
}

/** Lists side by side. */
export interface Columns {
	readonly kind: 'columns';
	readonly of: readonly {
		readonly glyph: string;
		readonly title: string;
		readonly points: readonly { readonly key: string; readonly sentence: string }[];
	}[];
}

/** Commands to copy. */
export interface Commands {
	readonly kind: 'commands';
	readonly of: readonly {
		readonly what: string;
		readonly command: string;
		readonly made: string | null;
	}[];
}

/** One command to copy. */
export interface Shell {
	readonly kind: 'shell';
	readonly command: string;
}

/** What only some want to read. */
export interface Folded {
	readonly kind: 'folded';
	readonly summary: Text;
	readonly blocks: readonly Block[];
}

/** The charts of a simulation, and what says the same where none can be drawn. */
export interface Charts {
	readonly kind: 'charts';
	readonly of: SimulationEvidence;
	readonly otherwise: readonly Block[];
}

/** A story, event by event. */
export interface Sequence {
	readonly kind: 'sequence';
	readonly label: string;
	readonly story: NarratedStory;
}

/** What a few blocks after it have in common. */
export interface Heading {
	readonly kind: 'heading';
	readonly title: string;
}

/** The options of the decision record, and what became of the claim about each. */
export interface Options {
	readonly kind: 'options';
	readonly of: readonly (Option & {
		readonly claimed: {
			/** What a claim that is confirmed, refuted or not shown is; null: it was not put on trial. */
			readonly verdict: Verdict | null;
			readonly sentence: string;
			readonly because: string | null;
			/** What would put it on trial. */
			readonly command: string | null;
		};
	})[];
}

/** Designs times guarantees. */
export interface Designs extends Pick<Matrix, 'columns' | 'rows'> {
	readonly kind: 'designs';
}

/** A story of a broken promise. */
export interface Story extends Omit<Broken, 'kind'> {
	readonly kind: 'story';
	/** Whether it is to be read first. */
	readonly isFirst: boolean;
}

/** State machines, with how often each of their transitions was taken. */
export interface Machines {
	readonly kind: 'machines';
	readonly design: string;
	readonly of: readonly MachineGraph[];
}
