import { plural } from '../model/vocabulary/plural.ts';
import { printable } from '../model/vocabulary/printable.ts';
import type { Price } from '../properties/explain/price.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import type { ExplainedFlag, Restarts, Where } from '../scenarios/explain/explained-flags.ts';
import { SWITCH } from '../scenarios/import/steps.ts';
import { listed } from '../scenarios/lint/listed.ts';

interface Explained {
	readonly file: string;
	readonly flags: readonly ExplainedFlag[];
	readonly price: Price | null;
}

/** What each flag does, for people. */
export function flagLines({ file, flags, price }: Explained): string[] {
	const work = flags.filter(({ verdict }) => verdict === 'works' || verdict === 'partly');
	return [
		printable(
			flags.length === 0
				? `${file}: no flagged command`
				: `${file}: ${plural(flags.length, 'flagged command')}, ${work.length} of them ${work.length === 1 ? 'works' : 'work'}`,
		),
		...flags.flatMap((flag) => ['', ...linesOf(flag).map((line) => printable(line))]),
		...(price === null || work.length === 0
			? []
			: [
					'',
					`price      of 100 tasks ${price.saved.toFixed(2)} turn from red to green, for ${price.restarts.toFixed(2)} automatic restarts, at the central rates of`,
					`           ${MULLIGAN} simulate ${file}`,
				]),
	];
}

function linesOf(flag: ExplainedFlag): string[] {
	const { place, command, display_name, func, where, restarts, verdict } = flag;
	const name = display_name === null ? command : `${command} "${display_name}"`;
	return [
		`${place.file}:${place.line}:${place.column}  ${name}${func === null ? '' : ` in the function "${func}"`}`,
		...where.map((one) => `  ${one.idle === null ? 'works    ' : 'idle     '}${whereInWords(one)}`),
		...(verdict === 'uncalled' ? ['  idle     nothing in these files runs it'] : []),
		...restarts.map((one) => `  restarts ${restartInWords(one)}`),
	];
}

function whereInWords({ block, groups, tasks, instances, idle }: Where): string {
	const at =
		block === 'main'
			? plural(tasks, 'task')
			: groups.length === 0
				? block
				: `${block} of ${groups.length === 1 ? `the group ${groups[0]}` : `${groups.length} groups (${listed(groups)})`}`;
	const often =
		idle === 'never runs' ? '' : `, ${plural(instances, 'time')} in a version with all variants`;
	return `in ${at}${often}${idle === null ? '' : `: ${WHY[idle](block)}`}`;
}

const WHY: Readonly<Record<NonNullable<Where['idle']>, (block: Where['block']) => string>> = {
	block: (block) => {
		const key = block === 'main' ? null : SWITCH[block];
		return `a failure there does not fail the task${key === null ? '' : `; ${key} is not true`}`;
	},
	background: () => 'the deployed agent asks for no restart when a background command fails',
	continue_on_err: () => 'with continue_on_err a failing script is no failure',
	variants: () => 'its list of variants has none on which the tasks run',
	'never runs': () => 'disabled, on no variant, or for the merge queue alone',
};

function restartInWords({ what, fewest, most, instances }: Restarts): string {
	const many = fewest === most ? `all ${most} tasks` : `all tasks, ${fewest} to ${most},`;
	const whole = {
		task: 'the task',
		group: `${many} of its group, which runs on one host`,
		'display task': `${many} of its display task`,
		'group and display task': `${many} of its group and display task`,
	}[what];
	return `${whole}, once (${plural(instances, 'task')} on a variant)`;
}
