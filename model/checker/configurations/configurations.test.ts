import { expect, test } from 'vitest';
import { isNightly } from '../../../packaging/levels/levels.ts';
import { WITNESSES } from '../../guarantees/situations.ts';
import { createTables } from '../../system/tables.ts';
import { check } from '../retry/check.ts';
import type { Checked } from '../retry/judged.ts';
import { configurations } from './index.ts';
import { belongsTo, PROFILES, sizedTo } from './sized.ts';

const machines = createTables();
const checks = new Map<string, Checked>();

/** The quick size of a configuration, checked once. */
async function quick(name: string): Promise<Checked> {
	const known = checks.get(name);
	if (known !== undefined) return known;
	const sized = configurations.find((one) => one.name === name);
	if (sized === undefined) throw new RangeError(`no configuration is called "${name}"`);
	const limits = { memory: 2 ** 30, states: 300_000 };
	const checked = await check(sizedTo(sized, 'quick'), { limits, machines });
	checks.set(name, checked);
	return checked;
}

/** Distinct states and steps of each in quick size: they change with the models and the bounds only. */
const sizes: Record<string, readonly [states: number, steps: number]> = {
	blocks: [30_711, 158_396],
	switches: [20_074, 96_404],
	background: [30_077, 145_406],
	functions: [40_226, 185_867],
	limits: [41_807, 197_513],
	'merge-queue': [29_845, 180_877],
	users: [74_988, 368_699],
	faults: [116_657, 703_356],
	crashes: [81_935, 474_586],
	late: [99_671, 533_657],
	attackers: [9_939, 99_443],
	quota: [23_834, 93_517],
	'quota-hours': [69_567, 302_710],
	handover: [63_341, 371_928],
	agents: [22_673, 103_318],
	display: [15_782, 73_146],
	'display-abort': [11_889, 50_112],
	group: [50_416, 185_986],
	'group-abort': [24_464, 102_312],
	'group-set-up': [5_314, 19_836],
	together: [110_288, 405_576],
	stale: [22_207, 86_169],
	dependents: [7_203, 27_381],
	waits: [25_411, 96_046],
	joining: [36_063, 146_882],
	'display-crash': [12_764, 47_871],
	'display-users': [20_606, 89_840],
	'group-crash': [3_401, 12_464],
	behind: [5_195, 18_290],
	awaiting: [32_085, 116_698],
	'merge-version': [15_653, 66_320],
	unanswered: [1_669, 7_211],
	'limits-late': [6_878, 30_255],
	remarks: [7_495, 28_969],
	exits: [3_536, 14_374],
	finished: [27_337, 111_426],
	'display-finished': [10_330, 47_727],
	'overlap-marks': [35_104, 166_126],
	'overlap-abort': [6_166, 24_709],
	'overlap-monitor': [9_584, 40_828],
	'overlap-beat': [32_437, 152_930],
	'overlap-users': [16_426, 66_028],
	'overlap-next': [6_982, 36_009],
	'overlap-members': [9_740, 32_443],
	'overlap-quota': [5_090, 16_971],
	'overlap-settled': [813, 3_067],
	'overlap-version': [2_071, 6_653],
	'overlap-cap': [3_453, 8_215],
	policy: [16_121, 66_268],
	projects: [84_014, 379_677],
	versions: [5_852, 26_374],
	'version-groups': [6_530, 22_578],
	'version-fails': [9_236, 34_040],
	hosts: [8_081, 34_900],
	'group-moves': [6_176, 27_546],
	'hosts-forged': [16_161, 99_875],
	'group-repairs': [19_506, 89_975],
	'cut-off': [536, 2_300],
	'group-left': [54_686, 248_850],
};

test('each configuration has a size that is known', () => {
	expect(configurations.map(({ name }) => name)).toEqual(Object.keys(sizes));
});

/** The largest, of which `together` takes as long as ten others: at night. */
const LARGE = ['quota-hours', 'together', 'awaiting'];

test.each(Object.entries(sizes).filter(([name]) => isNightly || !LARGE.includes(name)))(
	'%s is gone through to its end in quick size, and everything holds',
	async (name, [states, steps]) => {
		const { verdict, ending, states: found, generated, judged } = await quick(name);
		const broken = judged.filter((one) => one.verdict === 'violated').map(({ id }) => id);
		expect({ verdict, ending, broken }).toEqual({
			verdict: 'holds',
			ending: 'complete',
			broken: [],
		});
		expect([found, generated]).toEqual([states, steps]);
	},
	120_000,
);

test('everything that is judged is put to the test by one of them in quick size', async () => {
	const checked = await Promise.all(
		configurations.filter((sized) => belongsTo(sized, 'quick')).map(({ name }) => quick(name)),
	);
	const judged = checked.flatMap((one) => one.judged);
	const held = new Set(judged.filter(({ verdict }) => verdict === 'holds').map(({ id }) => id));
	expect(judged.map(({ id }) => id).filter((id) => !held.has(id))).toEqual([]);
}, 120_000);

/** Halves of guarantees that no configuration of the quick profile puts to the test, and where else they are. */
const NOT_QUICK: Record<string, string> = {
	'S1 policy': 'policy',
	'S7 joined': 'joining',
	'S7 policy': 'policy',
	'S17 overtaken': 'finished',
	'S21 each-unit': 'overlap-version',
	'L6 policy': 'policy',
	'C5 each-unit': 'overlap-version',
};

test('every half of every guarantee is put to the test by one of them in quick size, but for a few', async () => {
	const reached = new Set<string>();
	for (const sized of configurations.filter((one) => belongsTo(one, 'quick')))
		for (const name of (await quick(sized.name)).reached) reached.add(name);
	const never = WITNESSES.map(({ name }) => name).filter((name) => !reached.has(name));
	expect(never).toEqual(Object.keys(NOT_QUICK));
	for (const [half, where] of Object.entries(NOT_QUICK))
		expect((await quick(where)).reached, where).toContain(half);
}, 300_000);

test.each(configurations)('$name allows more in each larger size', (sized) => {
	const [small, medium, large] = PROFILES.map((profile) => sizedTo(sized, profile).bounds);
	for (const [less, more] of [
		[small, medium],
		[medium, large],
	] as const) {
		if (less === undefined || more === undefined) throw new RangeError('three sizes');
		expect(more).not.toEqual(less);
		for (const [bound, amount] of Object.entries(less)) {
			const larger = new Map<string, unknown>(Object.entries(more)).get(bound);
			if (typeof amount === 'number')
				expect({ bound, larger }).toEqual({ bound, larger: expect.any(Number) });
			if (typeof amount === 'number' && typeof larger === 'number')
				expect(larger).toBeGreaterThanOrEqual(amount);
		}
	}
});
