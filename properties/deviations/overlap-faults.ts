import type { Matter } from '../../impl/server/rules.ts';

/**
 * An app server that looks at something in one transaction and acts on it in the next. Where requests come
 * one after the other, nothing is wrong with it.
 */
export interface OverlapFault {
	readonly matter: Matter;
	/** What it does, in a few words. */
	readonly what: string;
	/** Promises that fall, one or the other first. */
	readonly breaks: readonly string[];
}

export const OVERLAP_FAULTS: readonly OverlapFault[] = [
	{
		matter: 'admission',
		what: 'a mark is admitted in one transaction and decided in another',
		breaks: ['S8', 'S9'],
	},
	{
		matter: 'list',
		what: 'two members whose marks both look at the unit before they are decided',
		breaks: ['S1', 'S7'],
	},
	{
		matter: 'slots',
		what: 'two marks that both count the slots before either takes one',
		breaks: ['S7'],
	},
	{
		matter: 'end',
		what: 'an end that uses flags looked at before',
		breaks: ['S3', 'L1'],
	},
	{
		matter: 'heartbeat',
		what: 'a heartbeat that is noted in a task looked at before',
		breaks: ['S9', 'S10', 'S18'],
	},
	{
		matter: 'settled',
		what: 'a restart because all members had ended when it was looked at before',
		breaks: ['S5', 'L1'],
	},
	{
		matter: 'restart',
		what: "a user's restart of the execution that was looked at before",
		breaks: ['S17'],
	},
	{
		matter: 'activation',
		what: 'a restarted execution is activated in a transaction of its own',
		breaks: ['L5'],
	},
	{
		matter: 'next',
		what: 'the next task is given twice on one look',
		breaks: ['S5', 'S9', 'S17'],
	},
	{
		matter: 'abort',
		what: 'an abort of what was in progress when it was looked at before',
		breaks: ['S3'],
	},
	{
		matter: 'silence',
		what: 'the monitor ends what was silent when it was looked at before',
		breaks: ['S20'],
	},
	{
		matter: 'version',
		what: 'what a user asks of a version is decided by what was looked at before its first unit',
		breaks: ['S3', 'S21', 'C5'],
	},
];
