import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that mostly wait for processes of their own, of whose files nothing tells how long they take. */
const WAITING = /\/properties\/(live\/|systems\/live)|\/impl\/store\/sql\//;

/** Begins with those that wait: at the end they would wait for each other while the processor idles. */
export class WaitingFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const rank = ({ project, moduleId }: TestSpecification): number =>
			project.config.isolate ? 0 : WAITING.test(moduleId) ? 1 : 2;
		return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
	}
}
