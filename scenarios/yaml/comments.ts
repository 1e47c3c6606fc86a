import { CST, Lexer } from 'yaml';

/** A comment, from its `#` to the end of the line; lines and columns count from 1. */
export type Comment = {
	readonly line: number;
	readonly column: number;
	readonly text: string;
	/** Nothing else stands on its line. */
	readonly alone: boolean;
};

/** The comments of a text, and nothing that only looks like one inside a string or a script. */
export function commentsOf(text: string): Comment[] {
	const comments: Comment[] = [];
	let line = 1;
	let column = 1;
	let alone = true;
	let isScalar = false;
	for (const lexeme of new Lexer().lex(text)) {
		const type: CST.TokenType | null = isScalar ? 'scalar' : CST.tokenType(lexeme);
		if (!isScalar && (type === 'scalar' || MARKS.has(type ?? ''))) {
			// A sign of the lexer's own, which is no text.
			isScalar = type === 'scalar';
			continue;
		}
		isScalar = false;
		if (type === 'comment') comments.push({ line, column, text: lexeme, alone });
		alone &&= type === 'space' || type === 'newline' || type === 'byte-order-mark';
		const breaks = lexeme.split('\n');
		if (breaks.length > 1) {
			line += breaks.length - 1;
			column = 1;
			alone = breaks.at(-1)?.trim() === '';
		}
		column += breaks.at(-1)?.length ?? 0;
	}
	return comments;
}

const MARKS: ReadonlySet<string> = new Set(['doc-mode', 'flow-error-end']);
