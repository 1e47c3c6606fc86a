import { DESIGNS } from '../../model/catalogue/index.ts';
import { type Design, ENTRANCES } from '../../model/vocabulary/design.ts';
import type { DesignFact } from '../../reports/evidence/design-evidence.ts';
import { linesAdded } from './adoption.ts';
import { restartsByFailure } from './restarts-by-failure.ts';
import { linesOf } from './source-lines.ts';

/** What is no guarantee but decides: the same rows for all designs. */
export async function factsOf(design: Design): Promise<DesignFact[]> {
	const { proof, forwards } = ENTRANCES[design];
	const needsKey = proof === 'service-key';
	const { ways, suspected, other } = await restartsByFailure(design);
	const fact = (id: string, label: string, value: string, source: string): DesignFact => ({
		id,
		label,
		value,
		source,
	});
	const lines = (part: 'agent' | 'server' | 'model', label: string): DesignFact => {
		const { path, lines: count } = linesOf(part, design);
		return fact(`lines-of-${part}`, label, String(count), `counted in ${path}`);
	};
	return [
		fact(
			'permissions-to-request',
			'permissions that a team must request',
			needsKey ? '1: a service user that may mark tasks for restart' : '0',
			`decision record, "Decision Outcome", option ${DESIGNS[design].option}`,
		),
		fact(
			'credentials-in-a-task',
			'credentials that live inside a task',
			needsKey ? '1: the key of the service user' : '0',
			`what lets a mark in, in model/catalogue/: ${proof}`,
		),
		fact(
			'unauthenticated-requests',
			"requests that get past the app server's authentication",
			forwards ? "1: a post to the agent's local API" : '0',
			`whether an end forwards a request, in model/catalogue/: ${forwards}`,
		),
		fact(
			'suspected-failures-retried',
			'ways in which the suspected command fails and is retried',
			`${suspected} of ${ways}`,
			'played by mulligan designs on the model, nothing else going wrong',
		),
		fact(
			'other-failures-retried',
			'ways in which another command fails and is retried all the same',
			`${other} of ${ways}`,
			'played by mulligan designs on the model, nothing else going wrong',
		),
		fact(
			'lines-of-yaml',
			'lines of YAML for each command that is retried',
			String(linesAdded(design)),
			'counted in properties/designs/adoption.ts',
		),
		lines('agent', "lines of the agent that are this design's"),
		lines('server', "lines of the app server that are this design's"),
		lines('model', "lines of the model that are this design's"),
	];
}
