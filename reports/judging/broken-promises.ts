import type { ConfigurationEvidence, ViolationEvidence } from '../evidence/check-evidence.ts';

/** A promise that the checker found broken, with the shortest story that breaks it. */
export interface BrokenPromise extends ViolationEvidence {
	/** All configurations that break it; that of the story first. */
	readonly configurations: readonly string[];
}

/**
 * What the checker found broken, each promise once: the same fault tends to show in many configurations. The evidence
 * holds the story of each.
 */
export function brokenPromises(checks: readonly ConfigurationEvidence[]): BrokenPromise[] {
	const by = new Map<string, BrokenPromise>();
	for (const { configuration, violations } of checks)
		for (const violation of violations) {
			const known = by.get(violation.guarantee);
			const others = known?.configurations ?? [];
			by.set(
				violation.guarantee,
				known === undefined || violation.events < known.events
					? { ...violation, configurations: [configuration, ...others] }
					: { ...known, configurations: [...others, configuration] },
			);
		}
	return [...by.values()];
}
