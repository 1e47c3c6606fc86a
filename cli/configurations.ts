import { designConfigurations } from '../model/checker/configurations/designs.ts';
import { configurations } from '../model/checker/configurations/index.ts';
import { type Profile, sizedTo } from '../model/checker/configurations/sized.ts';
import type { Configuration } from '../model/checker/retry/bounds.ts';
import { BadInput } from './exit.ts';

/** The configurations with these names, each once; all but those of the designs if none is named. */
export function chosen(names: readonly string[], profile: Profile): Configuration[] {
	const all = [...configurations, ...designConfigurations];
	const unknown = names.filter((name) => !all.some((known) => known.name === name));
	if (unknown.length > 0)
		throw new BadInput(
			`there is no configuration ${unknown.map((name) => `"${name}"`).join(', ')}; known are:`,
			...sayConfigurations(),
		);
	return (names.length === 0 ? configurations : all)
		.filter(({ name }) => names.length === 0 || names.includes(name))
		.map((sized) => sizedTo(sized, profile));
}

/** The names of all configurations, each with what it covers. */
export function sayConfigurations(): string[] {
	const width = Math.max(...configurations.map(({ name }) => name.length));
	return configurations.map(({ name, covers }) => `  ${name.padEnd(width)}  ${covers}`);
}

/** Whether these are all that there are. */
export const isWhole = (some: readonly Configuration[]): boolean =>
	some.length === configurations.length;
