import type { SimulationEvidence } from '../evidence/simulation-evidence.ts';

/** Why the figures are not to be relied upon; null: nothing speaks against it. */
export function doubtOf({
	unfinished,
	closed_forms,
	project,
}: Pick<SimulationEvidence, 'unfinished' | 'closed_forms' | 'project'>): string | null {
	if (unfinished !== undefined) return unfinished;
	const missed = closed_forms.filter(({ agrees }) => !agrees);
	if (missed.length > 0)
		return `closed forms are missed: ${missed.map(({ name }) => name).join(', ')}`;
	if (project.flagged_tasks === 0)
		return 'no command that can fail a task is flagged, so the flag was not exercised (add retry_on_failure: true to one in a task or function)';
	return null;
}

/** One sentence that a team can act on. */
export function sayAdvice({
	central,
	by_hour,
	assumptions,
	daily_limit,
}: SimulationEvidence): string {
	const minutes = assumptions.find(({ id }) => id === 'triage_minutes')?.central ?? 0;
	const ratio = assumptions.find(({ id }) => id === 'price_ratio')?.central ?? 0;
	const avoided = (central.red_without_flag.mean - central.red_with_flag.mean) * 100;
	const hours = central.hours_added.mean;
	const gain = (avoided * minutes * ratio) / 60 - hours;
	const trouble = by_hour.some(({ exhausted }) => exhausted > 0.5)
		? `, but the quota of ${daily_limit} is exhausted on most days: take the flag off commands whose failures a restart does not clear`
		: '';
	return `${gain > 0 ? 'Keep the flag' : 'Reconsider the flag'}: of 100 tasks it turns ${avoided.toFixed(2)} from red to green for ${hours.toFixed(2)} machine hours, and ${gain > 0 ? 'pays' : 'does not pay'} at ${minutes} minutes a red task and ${ratio} machine hours a person's hour${trouble}.`;
}
