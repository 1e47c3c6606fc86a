import type { SimulationEvidence, SimulationPoint } from '../evidence/simulation-evidence.ts';

const around = (mean: number) => ({ mean, low: mean * 0.9, high: mean * 1.1 });

const pointOf = (changes: Partial<SimulationPoint> = {}): SimulationPoint => ({
	transient_rate: 0.03,
	permanent_rate: 0.1,
	clearing: 0.8,
	tasks: 200_000,
	transient_share: 0.25,
	red_without_flag: around(0.13),
	red_with_flag: around(0.11),
	wasted_restarts: around(0.7),
	hours_added: around(1.8),
	refused_for_quota: around(0.02),
	...changes,
});

/** A made-up simulation, with a point for each chart; for tests only. */
export const simulationOf = (changes: Partial<SimulationEvidence> = {}): SimulationEvidence => ({
	format: 'mulligan simulation',
	version: 1,
	created_at: '2024-02-29T12:00:00.000Z',
	seed: 3,
	node: 'v20.0.0',
	seconds: 9,
	project: {
		...{ file: 'project.yml', tasks: 4, flagged_tasks: 2, flagged_commands: 2, commands: 9 },
		digest: '0123456789abcdef',
	},
	days: 100,
	tasks_per_day: 2000,
	daily_limit: 200,
	assumptions: [
		{
			id: 'clearing',
			label: 'one restart clears it',
			unit: 'probability',
			low: 0.6,
			central: 0.8,
			high: 0.95,
			source: 'a guess',
		},
	],
	central: pointOf(),
	sweep: [
		pointOf({ tasks: 100_000, red_with_flag: around(0.115) }),
		...[0, 0.5, 1].map((value) => pointOf({ varied: [{ id: 'transient_share', value }] })),
		pointOf({ red_with_flag: around(0.12), varied: [{ id: 'clearing', value: 0.6 }] }),
		pointOf({ red_with_flag: around(0.11), varied: [{ id: 'clearing', value: 0.95 }] }),
		...[0.6, 0.9].map((value) =>
			pointOf({
				varied: [
					{ id: 'transient_share', value: 0.25 },
					{ id: 'clearing', value },
				],
			}),
		),
	],
	by_hour: [0, 1].map((hour) => ({
		hour,
		slots_in_use: around(110),
		refused: around(1),
		exhausted: hour * 0.04,
	})),
	break_even: [1, 20].map((triage_minutes) => ({
		triage_minutes,
		transient_share: 0.1 / triage_minutes,
		by_price_ratio: [30, 100].map((price_ratio) => ({
			price_ratio,
			transient_share: 3 / price_ratio / triage_minutes,
		})),
	})),
	closed_forms: [
		{
			name: 'red',
			formula: '1 - (1 - p)',
			expected: 0.13,
			simulated: around(0.13),
			allowed: 0.01,
			agrees: true,
		},
	],
	...changes,
});
