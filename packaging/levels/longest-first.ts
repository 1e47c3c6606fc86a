import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that mostly wait for processes of their own, of whose files nothing tells how long they take. */
const WAITING = /\/properties\/(live\/|systems\/live)|\/impl\/store\/sql\//;

/** Tests that take longest, half a minute and more on a busy machine, the longest first. Their files are no larger than others. */
export const LONG: readonly string[] = [
	'model/checker/configurations/configurations',
	'properties/deviations/toured',
	'packaging/package',
	'properties/verification/verify',
	'cli/tampering',
	'model/checker/retry/retry-product',
	'properties/designs/trial',
	'reports/explorer/browser',
	'cli/ci',
	'cli/main',
	'properties/deviations/alone',
	'model/checker/retry/together',
	'cli/interruption',
	'packaging/sources',
	'model/checker/mistakes/mistakes',
	'properties/systems/coverage',
	'model/checker/promela/spin',
	'reports/page/browser',
	'properties/lockstep.property',
	'properties/deviations/overlap-toured',
];

/**
 * Begins with those that wait: at the end they would wait for each other while the processor idles. Then with those that
 * take longest: one that begins last keeps one core busy, and the others idle.
 */
export class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rank = ({ project, moduleId }: TestSpecification): number => {
			if (project.config.isolate) return -2;
			if (WAITING.test(moduleId)) return -1;
			const place = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
			return place < 0 ? LONG.length : place;
		};
		return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
	}
}
