import {
	type Alias,
	Composer,
	type CST,
	type Document,
	Lexer,
	LineCounter,
	type Node,
	Parser,
	type YAMLParseError,
} from 'yaml';
import { depthOf } from './depth.ts';
import { examine, type Fault } from './examine.ts';
import { YAML_LIMITS } from './limits.ts';
import { type Place, type Problem, problemAt, wholeFile } from './problem.ts';

/** A YAML file that is safe to walk: within all limits, without a cycle, every alias resolved. */
export type YamlFile = {
	/** The name that problems give it. */
	readonly name: string;
	readonly bytes: number;
	/** All of it, without a byte order mark; offsets are into this. */
	readonly text: string;
	readonly document: Document.Parsed;
	/** The node that each alias stands for. */
	readonly anchors: ReadonlyMap<Alias, Node>;
	/** Keys that a mapping has twice; the last one counts. */
	readonly repeated: readonly Problem[];
	placeOf(offset: number): Place;
};

export type YamlRead =
	| { readonly kind: 'read'; readonly file: YamlFile }
	| { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Faults of the YAML that are told: one broken line may make a hundred thousand. */
const TOLD_ERRORS = 20;

const refused = (...problems: Problem[]): YamlRead => ({ kind: 'refused', problems });

export const tooLarge = (top: Place, bytes: number): Problem =>
	problemAt(
		top,
		`the file has ${bytes} bytes, more than the ${YAML_LIMITS.file_bytes} allowed`,
		'split it, or leave out what is generated',
	);

/** Reads text, under the same limits as a file. */
export function parseYaml(text: string, name: string): YamlRead {
	const top = wholeFile(name);
	const bytes = new TextEncoder().encode(text).length;
	if (bytes > YAML_LIMITS.file_bytes) return refused(tooLarge(top, bytes));
	const lines = new LineCounter();
	const placeOf = (offset: number): Place => {
		const { line, col } = lines.linePos(offset);
		return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) };
	};
	const tooDeep = (offset: number): YamlRead =>
		refused(
			problemAt(
				placeOf(offset),
				`lists and mappings are nested more than ${YAML_LIMITS.depth} levels deep`,
				'flatten the file',
			),
		);
	const parsed = parsedTo(text, YAML_LIMITS.depth, lines);
	if (parsed.kind === 'too deep') return tooDeep(parsed.offset);
	if (parsed.kind === 'too many')
		return refused(
			problemAt(top, `the file has more than ${YAML_LIMITS.lexemes} items`, 'split it'),
		);
	const { tokens } = parsed;
	const deepest = depthOf(tokens);
	if (deepest.depth > YAML_LIMITS.depth) return tooDeep(deepest.offset);
	const composer = new Composer({
		merge: true,
		uniqueKeys: false,
		prettyErrors: false,
		logLevel: 'silent',
	});
	const [document, second] = composer.compose(tokens, true, text.length);
	if (document === undefined) throw new Error('the parser composed no document');
	if (second !== undefined)
		return refused(
			problemAt(
				placeOf(second.range[0]),
				'the file holds more than one YAML document',
				'keep one document a file',
			),
		);
	if (document.errors.length > 0)
		return refused(
			...withoutConsequences(document.errors, lines)
				.slice(0, TOLD_ERRORS)
				.map((error) => problemAt(placeOf(error.pos[0]), error.message, 'correct the YAML')),
		);
	const { targets: anchors, repeated, fault } = examine(document);
	const problemOf = ({ offset, message, remedy }: Fault): Problem =>
		problemAt(placeOf(offset), message, remedy);
	return fault === null
		? {
				kind: 'read',
				file: { name, bytes, text, document, anchors, repeated: repeated.map(problemOf), placeOf },
			}
		: refused(problemOf(fault));
}

/** The content of a file as plain data, aliases and merge keys written out. */
export const dataOf = ({ document }: YamlFile): unknown => document.toJS({ maxAliasCount: -1 });

/** The first error of each line, and of what stands behind the end of the document none. */
function withoutConsequences(errors: readonly YAMLParseError[], lines: LineCounter) {
	const seen = new Set<number>();
	return errors.filter(({ pos: [start], message }, at) => {
		const { line } = lines.linePos(start);
		const isFirst = !seen.has(line);
		seen.add(line);
		return at === 0 || (isFirst && !message.includes('in YAML stream'));
	});
}

type Parsed =
	| { readonly kind: 'parsed'; readonly tokens: CST.Token[] }
	| { readonly kind: 'too deep'; readonly offset: number }
	| { readonly kind: 'too many' };

/** Parses, but ends where collections are nested too deep: the parser recurses when it leaves them. */
function parsedTo(text: string, depth: number, lines: LineCounter): Parsed {
	const parser = new Parser(lines.addNewLine);
	const tokens: CST.Token[] = [];
	lines.addNewLine(0);
	let count = 0;
	for (const lexeme of new Lexer().lex(text)) {
		if (++count > YAML_LIMITS.lexemes) return { kind: 'too many' };
		for (const token of parser.next(lexeme)) tokens.push(token);
		// What is open: the document, and for each level a collection and what stands in it.
		if (parser.stack.length > 2 * depth + 2) return { kind: 'too deep', offset: parser.offset };
	}
	for (const token of parser.end()) tokens.push(token);
	return { kind: 'parsed', tokens };
}
