import type { z } from 'zod';
import type { Design } from '../model/vocabulary/design.ts';
import { CheckEvidence } from '../reports/check-evidence.ts';
import { DesignsEvidence } from '../reports/design-evidence.ts';
import { Evidence } from '../reports/evidence.ts';
import type { Verdict } from '../reports/verdict.ts';
import { MAKES } from '../reports/wording/commands.ts';
import { BadInput } from './exit.ts';

/** The stories that an evidence file tells, to be played again. */
export interface ToldStories {
	readonly stories: readonly { readonly title: string; readonly token: string }[];
	/** What the file itself comes to, where it tells none. */
	readonly verdict: Verdict;
	/** Whether each is told under a design of its own. */
	readonly ofDesigns: boolean;
}

/**
 * The stories in the evidence that `verify`, `check --json` or `designs` wrote.
 *
 * @param design of the evidence of designs, the only one whose stories count.
 * @throws BadInput when it is no such evidence.
 */
export function storiesIn(file: string, text: string, design: Design | undefined): ToldStories {
	const value = jsonIn(file, text);
	switch (formatOf(value)) {
		case 'mulligan designs':
			return ofDesigns(checked(file, DesignsEvidence, value, MAKES.designs), design);
		case 'mulligan check':
			return ofChecks(checked(file, CheckEvidence, value, MAKES.check));
		default:
			return ofVerification(checked(file, Evidence, value, MAKES.evidence));
	}
}

function jsonIn(file: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new BadInput(
			`${file}: neither a token nor JSON: ${error instanceof Error ? error.message : ''} (give the evidence.json that verify wrote)`,
		);
	}
}

const formatOf = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'format' in value ? value.format : null;

function checked<Schema extends z.ZodType>(
	file: string,
	schema: Schema,
	value: unknown,
	command: string,
): z.infer<Schema> {
	const read = schema.safeParse(value);
	if (read.success) return read.data;
	const issue = read.error.issues[0];
	throw new BadInput(
		`${file}: not an evidence file of version 1: ${issue?.path.join('.')}: ${issue?.message} (write one: ${command})`,
	);
}

/** Those that are not too large for a token. */
const withToken = (
	all: readonly { readonly title: string; readonly token: string | null }[],
): ToldStories['stories'] =>
	all.flatMap(({ title, token }) => (token === null ? [] : [{ title, token }]));

const ofVerification = ({ findings, checks, verdict }: Evidence): ToldStories => ({
	stories: withToken([
		...findings.map(({ sentence, token }) => ({ title: sentence, token })),
		...ofChecks({ checks, verdict }).stories,
	]),
	verdict,
	ofDesigns: false,
});

const ofChecks = ({ checks, verdict }: Pick<CheckEvidence, 'checks' | 'verdict'>): ToldStories => ({
	stories: withToken(
		checks.flatMap(({ violations }) =>
			violations.map(({ sentence, token }) => ({ title: sentence, token })),
		),
	),
	verdict,
	ofDesigns: false,
});

const ofDesigns = ({ designs }: DesignsEvidence, wanted: Design | undefined): ToldStories => ({
	stories: withToken(
		designs
			.filter(({ design }) => wanted === undefined || design === wanted)
			.flatMap(({ design, cells }) =>
				cells.map(({ guarantee, sentence, token }) => ({
					title: `${design}: ${guarantee}: ${sentence}`,
					token,
				})),
			),
	),
	verdict: 'holds',
	ofDesigns: true,
});
