import { plural } from '../../model/vocabulary/plural.ts';
import {
	type Block,
	GROUP_BLOCKS,
	isFunctionCall,
	isSetUp,
} from '../../model/vocabulary/project.ts';
import { expander, SWITCH } from '../import/lint.ts';
import {
	PROJECT_BLOCKS,
	type WrittenProject,
	type WrittenStep,
	type WrittenSwitch,
} from '../import/written.ts';
import { type Place, problemAt } from '../yaml/problem.ts';
import type { Finding, Rule } from './finding.ts';
import { eachOnce, flagPlace, isFlagged, keyOf } from './linted-project.ts';

type Side = Exclude<Block, 'main'>;

/** A block of the project or of a group that is not the main one. */
type Written = {
	readonly block: Side;
	readonly group: string | null;
	readonly place: Place;
	/** Its flagged commands, calls expanded. */
	readonly flagged: readonly WrittenStep[];
	readonly canFail: boolean;
};

/**
 * Flagged commands in a block whose failure does not fail the task, so that nothing restarts (S4): one
 * finding a block, at the group or block, as one switch mends it.
 */
export const flagInBlock: Rule = ({ whole }) => {
	const working = new Set(workingFlags(whole).map(keyOf));
	return blocksOf(whole)
		.filter(({ canFail, flagged }) => !canFail && flagged.length > 0)
		.map((written) => about(written, working));
};

/** Where the flags stand that some block heeds: the main one of a task, or one that can fail it. */
export function workingFlags(whole: WrittenProject): Place[] {
	const expand = expander(whole);
	const heeded = [
		...whole.tasks.flatMap(({ commands }) => expand(commands)),
		...blocksOf(whole).flatMap(({ canFail, flagged }) => (canFail ? flagged : [])),
	];
	return heeded.filter(({ step }) => !isFunctionCall(step) && isFlagged(step)).map(flagPlace);
}

export function blocksOf(whole: WrittenProject): Written[] {
	const expand = expander(whole);
	const read = (
		block: Side,
		group: string | null,
		place: Place,
		steps: readonly WrittenStep[],
		switches: readonly WrittenSwitch[],
	): Written => ({
		block,
		group,
		place,
		flagged: expand(steps).filter(({ step }) => isFlagged(step)),
		canFail: switches.some(({ name, on }) => name === SWITCH[block] && on),
	});
	return [
		...PROJECT_BLOCKS.flatMap((block) => {
			const written = whole.blocks[block];
			return written === undefined
				? []
				: [read(block, null, written.place, written.steps, whole.switches)];
		}),
		...whole.groups.flatMap(({ name, place, blocks, switches }) =>
			GROUP_BLOCKS.map((block) => read(block, name, place, blocks[block] ?? [], switches)),
		),
	];
}

function about({ block, group, place, flagged }: Written, working: ReadonlySet<string>): Finding {
	const key = SWITCH[block];
	const related = eachOnce(flagged.map(flagPlace));
	const elsewhere = related.some((one) => working.has(keyOf(one)));
	const where = group === null ? block : `${block} of the group "${group}"`;
	const message = `retry_on_failure does nothing on ${plural(flagged.length, 'command')} in ${where}: a failure there does not fail the task${
		isSetUp(block) ? ' (an exec or idle time-out does)' : ''
	}`;
	const remedies = [
		...(key === null ? [] : [`set ${key}: true`]),
		...(elsewhere ? [] : [`take the ${related.length === 1 ? 'flag' : 'flags'} off`]),
	];
	return {
		...problemAt(
			place,
			message,
			remedies.join(', or ') || 'nothing need be done here: the flags work elsewhere',
		),
		rule: 'flag-in-block',
		severity: remedies.length === 0 ? 'note' : 'warning',
		related,
	};
}
