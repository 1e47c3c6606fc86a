import { type Exploration, explore } from '../../model/checker/engine/explore/explore.ts';
import { Tables } from '../../model/checker/engine/tables/tables.ts';
import { type SpinRun, spinIsMissing, Verifier } from '../../model/checker/promela/testing/spin.ts';
import { SPIN_FLAGS, toPromela } from '../../model/checker/promela/to-promela.ts';
import { RetryProduct } from '../../model/checker/retry/retry-product.ts';
import { users } from './configurations.ts';
import { goal, median, row, timed } from './measured.ts';

const ROUNDS = 3;
const GOAL = 3;
const LIMITS = { memory: 2 ** 30 };
const UNIT = 'steps/s';

/** One thread beside SPIN on the exported model: steps a second over the same graph. */
export function againstSpin(): string[] {
	if (spinIsMissing !== null) return [`SPIN: skipped, ${spinIsMissing}`];
	const full = () => new Tables(new RetryProduct(users));
	const tables = full();
	const exploration = explore(tables, LIMITS);
	const { generated, states } = exploration;
	const verifier = new Verifier(toPromela(exploration));
	const rates: Record<'spin' | 'warm' | 'cold', number[]> = { spin: [], warm: [], cold: [] };
	let spin: SpinRun | null = null;
	for (let round = 0; round < ROUNDS; round++) {
		spin = verifier.verify({ states: states.count });
		if (spin.states !== states.count || spin.transitions !== generated)
			throw new Error(`SPIN explores another graph: ${JSON.stringify(spin)}`);
		rates.spin.push(generated / spin.seconds);
		rates.warm.push(generated / timed(() => explore(tables, LIMITS)).seconds);
		rates.cold.push(generated / timed(() => explore(full(), LIMITS)).seconds);
	}
	verifier.remove();
	const warm = median(rates.warm);
	return [
		`${users.name}: ${states.count} states, ${generated} steps; medians of ${ROUNDS} rounds, processor time of one core each; the last column: ours, with full tables, against it`,
		row('ours, tables full before', warm, UNIT, warm),
		row('ours, tables empty before', median(rates.cold), UNIT, warm),
		row(`SPIN ${SPIN_FLAGS.join(' ')}, tables compiled in`, median(rates.spin), UNIT, warm),
		goal('SPIN', warm / median(rates.spin), GOAL),
		...(spin === null ? [] : [bytes(exploration, spin)]),
	];
}

function bytes({ states, layout }: Exploration<unknown>, spin: SpinRun): string {
	const each = states.bytes / states.count;
	const packed = layout.words * Int32Array.BYTES_PER_ELEMENT;
	return `bytes a state: ours ${each.toFixed(1)}, ${(each - packed).toFixed(1)} beyond the ${packed} of the packed state (goal: at most 24 beyond); SPIN ${spin.storedBytes} and its hash table`;
}
