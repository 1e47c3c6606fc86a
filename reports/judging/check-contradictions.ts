import type { CheckEvidence } from '../evidence/check-evidence.ts';
import { judgeChecks } from './check.ts';
import { wholeContradictions } from './contradictions.ts';
import { DEADLOCK, idContradictions } from './guarantee-rows.ts';
import { differing, differs, never } from './said.ts';
import { machineContradictions, searchContradictions, violationsShown } from './searches.ts';
import { tokenContradictions } from './tokens.ts';

/** As `contradictionsOf` of a verification. */
export function checkContradictionsOf(evidence: CheckEvidence): string[] {
	const judged = judgeChecks(evidence);
	const { guarantees, checks, configurations, shard, mulligan } = evidence;
	const ids = guarantees.map(({ id }) => id);
	return [
		...guarantees.flatMap((row) => {
			const made = judged.guarantees.find(({ id }) => id === row.id);
			const name = `guarantee ${row.id}`;
			return made === undefined
				? []
				: [
						...differs(name, row.verdict, made.verdict),
						...differing(name, row, made, ['name', 'holds_in', 'violated_in']),
						...(mulligan === null ? [] : differing(name, row, made, ['reason'])),
					];
		}),
		...checks.flatMap(({ configuration, verdict }, place) =>
			differs(`configuration ${configuration}`, verdict, judged.checks[place]?.verdict),
		),
		...wholeContradictions(evidence, judged),
		...(mulligan === null ? [] : differing('the whole', evidence, judged, ['reason', 'reasons'])),
		...idContradictions(
			ids.filter((id) => id !== DEADLOCK.id),
			false,
		),
		...never(
			ids.filter((id) => id === DEADLOCK.id).length !== 1 || ids.at(-1) !== DEADLOCK.id,
			'deadlock should stand there once, after the guarantees',
		),
		...searchContradictions({
			checks,
			// Files of before it was said give none.
			configurations: mulligan === null && configurations.length === 0 ? null : configurations,
			shard,
		}),
		...machineContradictions(evidence.machines),
		...tokenContradictions(violationsShown(checks, evidence.design)),
	];
}
