import { isFunctionCall } from '../../model/vocabulary/project.ts';
import type { WrittenStep } from '../import/written.ts';
import { problemAt } from '../yaml/problem.ts';
import { isExcused } from './excused.ts';
import type { Rule, RuleId } from './finding.ts';
import { eachOnce, flaggedCommands, flagPlace } from './flags.ts';

/** A rule for flagged commands of a kind, one finding a command as it is defined. */
const ruleFor =
	(rule: RuleId, message: string, remedy: string, fits: (entry: WrittenStep) => boolean): Rule =>
	({ whole }) =>
		eachOnce(flaggedCommands(whole).filter(fits).map(flagPlace)).map((place) => ({
			...problemAt(place, message, remedy),
			rule,
			severity: 'warning',
			related: [],
		}));

const isBackground = ({ step }: WrittenStep): boolean =>
	!isFunctionCall(step) && step.background === true;

/** Commands that call it no failure when their script fails. */
export const flagWithContinueOnErr = ruleFor(
	'flag-with-continue-on-err',
	'retry_on_failure does nothing when this script fails: with continue_on_err that is no failure',
	'keep one of the two',
	(entry) => !isFunctionCall(entry.step) && isExcused(entry.step, entry.item.get(['params'])),
);

/** Commands that have returned before they fail; the deployed agent never asks for a restart then (D27). */
export const flagInBackground = ruleFor(
	'flag-in-background',
	'retry_on_failure does nothing on a background command: the deployed agent asks for no restart when it fails',
	'take the flag off, or wait for the command',
	isBackground,
);
