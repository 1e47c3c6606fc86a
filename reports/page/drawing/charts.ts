import type { SimulationEvidence } from '../../evidence/simulation-evidence.ts';
import { breakEven } from './break-even.ts';
import type { Chart } from './chart.ts';
import { grid } from './grid.ts';
import { quota } from './quota.ts';
import { redTasks } from './red-tasks.ts';
import { sensitivity } from './sensitivity.ts';

/** All charts that the evidence has numbers for. */
export const charts = (evidence: SimulationEvidence): Chart[] =>
	[redTasks, breakEven, grid, sensitivity, quota].flatMap((chart) => chart(evidence) ?? []);
