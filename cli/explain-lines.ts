import { plural } from '../model/vocabulary/plural.ts';
import { printable } from '../model/vocabulary/printable.ts';
import type { Price } from '../properties/explain/price.ts';
import type { FlagCounts } from '../reports/evidence/flag-evidence.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { sayFlagCounts, sayShare } from '../reports/wording/flag-counts.ts';
import type { ExplainedFlag, Restarts, Where } from '../scenarios/explain/explained-flags.ts';
import { SWITCH } from '../scenarios/import/steps.ts';
import { listed } from '../scenarios/lint/listed.ts';

interface Explained {
	readonly file: string;
	readonly limits: readonly string[];
	readonly counts: FlagCounts;
	readonly flags: readonly (ExplainedFlag & { readonly price: Price | null })[];
	readonly price: Price | null;
	/** The same, as `simulate` counts. */
	readonly simulated: Price | null;
}

/** What each flag does, for people. */
export function flagLines({ file, limits, counts, flags, price, simulated }: Explained): string[] {
	return [
		printable(`${file}: ${sayFlagCounts(counts)}`),
		...limits.map((limit) => printable(`not all: ${limit}`)),
		...flags.flatMap((flag) => ['', ...linesOf(flag).map((line) => printable(line))]),
		...(price === null || counts.work + counts.partly === 0
			? []
			: [
					'',
					`price      ${sayPrice(price)}, at the central rates of`,
					`           ${MULLIGAN} simulate ${file}`,
					...(simulated === null || sayPrice(simulated) === sayPrice(price)
						? []
						: [
								`           which counts ${sayShare(simulated.saved)} and ${sayShare(simulated.restarts)}: with flags that background or continue_on_err makes idle`,
							]),
				]),
	];
}

function linesOf(flag: Explained['flags'][number]): string[] {
	const { place, flag: at, command, display_name, func, where, restarts, verdict, price } = flag;
	const name = display_name === null ? command : `${command} "${display_name}"`;
	return [
		`${sayPlace(place)}  ${name}${func === null ? '' : ` in the function "${func}"`}`,
		...(sayPlace(at) === sayPlace(place) ? [] : [`  flag     at ${sayPlace(at)}, as others have`]),
		...where.map((one) => `  ${one.idle === null ? 'works    ' : 'idle     '}${whereInWords(one)}`),
		...(verdict === 'uncalled' ? ['  idle     nothing in these files runs it'] : []),
		...restarts.map((one) => `  restarts ${restartInWords(one)}`),
		...(price === null || price.restarts === 0 ? [] : [`  price    ${sayPrice(price)}`]),
	];
}

const sayPlace = ({ file, line, column }: ExplainedFlag['place']): string =>
	`${file}:${line}:${column}`;

const sayPrice = ({ saved, restarts }: Price): string =>
	`of 100 tasks ${sayShare(saved)} turn from red to green, for ${sayShare(restarts)} automatic restarts`;

function whereInWords({ block, groups, tasks, instances, idle, never }: Where): string {
	const at =
		block === 'main'
			? plural(tasks, 'task')
			: groups.length === 0
				? block
				: `${block} of ${groups.length === 1 ? `the group ${groups[0]}` : `${groups.length} groups (${listed(groups)})`}`;
	const often =
		idle === null && instances === 0
			? ', by what may be defined elsewhere'
			: idle === 'never runs'
				? ''
				: `, ${plural(instances, 'time')} in a version with all variants`;
	return `in ${at}${often}${never !== null ? `: ${NEVER[never]}` : idle === null ? '' : `: ${WHY[idle](block)}`}`;
}

const WHY: Readonly<Record<NonNullable<Where['idle']>, (block: Where['block']) => string>> = {
	block: (block) => {
		const key = block === 'main' ? null : SWITCH[block];
		return `a failure there does not fail the task${key === null ? '' : `; ${key} is not true`}`;
	},
	background: () => 'the deployed agent asks for no restart when a background command fails',
	continue_on_err: () => 'with continue_on_err a failing script is no failure',
	variants: () => 'its list of variants has none on which the tasks run',
	'never runs': () => 'it never runs',
};

const NEVER: Readonly<Record<NonNullable<Where['never']>, string>> = {
	disabled: 'disabled',
	'merge queue': 'only the merge queue runs it, and its versions are never restarted',
	'no requester': 'its keys leave no version in which it would run',
	'on no variant': 'on no build variant',
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
