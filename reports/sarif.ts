import { printable } from '../model/vocabulary/printable.ts';

/** A point in a file; line 0 is the file as a whole. `path`: from the working folder, or absolute, with slashes. */
export interface SarifPlace {
	readonly path: string;
	readonly line: number;
	readonly column: number;
}

export type SarifLevel = 'error' | 'warning' | 'note';

export interface SarifRule {
	readonly id: string;
	/** What it finds, in a sentence. */
	readonly says: string;
	readonly level: SarifLevel;
	/** Where more is said, and that itself. */
	readonly help: string;
	readonly markdown: string;
}

/** Text in a file that gives way to another; the end is the first column that stays. */
export interface SarifEdit {
	readonly from: SarifPlace;
	readonly to: SarifPlace;
	readonly text: string;
}

export interface SarifResult {
	readonly rule: string;
	readonly level: SarifLevel;
	readonly message: string;
	readonly place: SarifPlace;
	readonly related: readonly SarifPlace[];
	/** The same wherever it is found again, also when lines have moved. */
	readonly fingerprint: string;
	readonly fix: readonly SarifEdit[];
	/** Why it does not count: a comment in the file, with its reason, or a list elsewhere. */
	readonly suppressed: { readonly kind: 'inSource'; readonly why: string } | 'external' | null;
}

export interface SarifRun {
	readonly version: string;
	/** All rules, also those that found nothing. */
	readonly rules: readonly SarifRule[];
	readonly results: readonly SarifResult[];
	/** What kept files from being read. */
	readonly refused: readonly { readonly message: string; readonly place: SarifPlace }[];
}

const SCHEMA =
	'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What a linter found, as SARIF 2.1.0 (OASIS): the format of code scanning. */
export function sarif({ version, rules, results, refused }: SarifRun): string {
	const index = new Map(rules.map(({ id }, at) => [id, at]));
	const run = {
		tool: {
			driver: {
				name: 'mulligan',
				version,
				rules: rules.map(({ id, says, level, help, markdown }) => ({
					id,
					shortDescription: text(says),
					help: { ...text(help), markdown },
					defaultConfiguration: { level },
				})),
			},
		},
		columnKind: 'utf16CodeUnits',
		invocations: [
			{
				executionSuccessful: refused.length === 0,
				toolExecutionNotifications: refused.map(({ message, place }) => ({
					level: 'error',
					message: text(message),
					locations: [locationOf(place)],
				})),
			},
		],
		results: results.map((result) => ({
			ruleId: result.rule,
			ruleIndex: index.get(result.rule) ?? -1,
			level: result.level,
			message: text(result.message),
			locations: [locationOf(result.place)],
			...(result.related.length === 0
				? {}
				: { relatedLocations: result.related.map((place, id) => ({ id, ...locationOf(place) })) }),
			partialFingerprints: { 'mulliganFinding/v1': result.fingerprint },
			...(result.fix.length === 0 ? {} : { fixes: [fixOf(result.fix)] }),
			suppressions: suppressionsOf(result.suppressed),
		})),
	};
	return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, '\t')}\n`;
}

/** Plain text; what would begin a link in it is written so that it begins none. */
const text = (said: string): { text: string } => ({
	text: printable(said).replaceAll('](', '\\]('),
});

const locationOf = ({ path, line, column }: SarifPlace) => ({
	physicalLocation: {
		artifactLocation: { uri: uriOf(path) },
		...(line === 0 ? {} : { region: { startLine: line, startColumn: column } }),
	},
});

function fixOf(edits: readonly SarifEdit[]) {
	const paths = [...new Set(edits.map(({ from }) => from.path))];
	return {
		description: text('take it out; nothing changes on the server'),
		artifactChanges: paths.map((path) => ({
			artifactLocation: { uri: uriOf(path) },
			replacements: edits
				.filter(({ from }) => from.path === path)
				.map(({ from, to, text: inserted }) => ({
					deletedRegion: {
						startLine: from.line,
						startColumn: from.column,
						endLine: to.line,
						endColumn: to.column,
					},
					...(inserted === '' ? {} : { insertedContent: { text: inserted } }),
				})),
		})),
	};
}

const suppressionsOf = (suppressed: SarifResult['suppressed']) =>
	suppressed === null
		? []
		: suppressed === 'external'
			? [{ kind: 'external', status: 'accepted' }]
			: [{ kind: 'inSource', status: 'accepted', justification: printable(suppressed.why) }];

/** Each part of a path as an address has it; half a surrogate pair, which none can hold, becomes a replacement character. */
const uriOf = (path: string): string =>
	`${path.startsWith('/') ? 'file://' : ''}${path
		.replaceAll(/\p{Cs}/gu, '\u{FFFD}')
		.split('/')
		.map(encodeURIComponent)
		.join('/')}`;
