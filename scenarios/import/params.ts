import { stringify } from 'yaml';
import { isFunctionCall, type Step } from '../../model/vocabulary/project.ts';
import type { YamlValue } from '../yaml/value.ts';
import { entry, type Mapping } from './read-scalars.ts';

/**
 * A command with its parameters as text, aliases and merge keys written out. Its `timeout_secs`, for
 * which the vocabulary has no place, becomes one of them. A call has none: its `vars` are left out.
 */
export function withParams<Written extends Step>(step: Written, item: YamlValue): Written {
	const mapping: Mapping = item.mapping() ?? new Map();
	if (isFunctionCall(step)) return step;
	const params = entry(mapping, 'params')?.mapping() ?? new Map<string, YamlValue>();
	const timeout_secs = entry(mapping, 'timeout_secs');
	const written = [...params, ...(timeout_secs ? [['timeout_secs', timeout_secs] as const] : [])];
	if (written.length === 0) return step;
	const plain = Object.fromEntries(written.map(([key, value]) => [key, value.plain()]));
	return { ...step, params_yaml: stringify(plain, { lineWidth: 0 }) };
}
