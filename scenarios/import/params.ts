import { stringify } from 'yaml';
import { isFunctionCall, type Step } from '../../model/vocabulary/project.ts';
import type { YamlValue } from '../yaml/value.ts';
import { entry, type Mapping, readSeconds } from './read-scalars.ts';
import type { Findings } from './written.ts';

/**
 * A step with what only those need who run it: a command's parameters as text, aliases and merge keys
 * written out; the `vars` of a call; the idle limit of either.
 */
export function withParams<Written extends Step>(
	step: Written,
	item: YamlValue,
	findings: Findings,
): Written {
	const mapping: Mapping = item.mapping() ?? new Map();
	const timeout_secs = readSeconds(entry(mapping, 'timeout_secs'), findings);
	const limit = timeout_secs === undefined ? {} : { timeout_secs };
	if (isFunctionCall(step)) {
		const vars = readVars(entry(mapping, 'vars'));
		return { ...step, ...limit, ...(vars === undefined ? {} : { vars }) };
	}
	const params = entry(mapping, 'params')?.mapping() ?? new Map<string, YamlValue>();
	if (params.size === 0) return { ...step, ...limit };
	const plain = Object.fromEntries([...params].map(([key, value]) => [key, value.plain()]));
	return { ...step, ...limit, params_yaml: stringify(plain, { lineWidth: 0 }) };
}

/** The texts of a mapping. */
const readVars = (value: YamlValue | undefined): Record<string, string> | undefined =>
	value === undefined
		? undefined
		: Object.fromEntries(
				[...(value.mapping() ?? [])].map(([name, item]) => [name, item.text() ?? '']),
			);
