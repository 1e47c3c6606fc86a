import type { Design } from '../../model/vocabulary/design.ts';
import { type Answer, sayAllowed } from '../judging/allowed.ts';
import { plain, shell } from './text.ts';

/** What a summary of a run begins with: what it came to and why, how much it was, and the command that does it again. */
export function opening(
	{
		command,
		reason,
		much,
		again,
	}: Record<'command' | 'much' | 'again', string> & {
		readonly reason: string | null;
	},
	answer: Answer,
): string[] {
	const allowed = sayAllowed(answer);
	return [
		`# mulligan ${command}: ${answer.verdict}`,
		'',
		...(reason === null ? [] : [plain(reason), '']),
		`${much} Again with:`,
		'',
		shell(again),
		...(allowed === null ? [] : ['', `Reasons of unknown ${allowed}.`]),
		'',
	];
}

/** The option that names the design of a run, where it is not the usual one. */
export const ofDesign = ({ design }: { readonly design: Design }): string =>
	design === 'flag' ? '' : ` --design ${design}`;
