import type { Configuration } from '../model/checker/configurations/configuration.ts';
import { designConfigurations } from '../model/checker/configurations/designs.ts';
import { configurations } from '../model/checker/configurations/index.ts';
import { belongsTo, type Profile, sizedTo } from '../model/checker/configurations/sized.ts';
import { BadInput } from './exit.ts';
import { insistOn } from './recognised.ts';

/** The configurations with these names, each once; if none is named, all of the profile, but those of the designs. */
export function chosen(names: readonly string[], profile: Profile): Configuration[] {
	const all = [...new Set([...configurations, ...designConfigurations])];
	const unknown = names.filter((name) => !all.some((known) => known.name === name));
	for (const name of unknown) insistOn(name);
	if (unknown.length > 0)
		throw new BadInput(
			`there is no configuration ${unknown.map((name) => `"${name}"`).join(', ')}; known are:`,
			...sayConfigurations(),
		);
	const wanted =
		names.length === 0
			? configurations.filter((sized) => belongsTo(sized, profile))
			: all.filter(({ name }) => names.includes(name));
	return wanted.map((sized) => sizedTo(sized, profile));
}

/** All configurations by name, each with what it covers. */
export const configurationItems = (): { name: string; what: string }[] =>
	configurations.map(({ name, covers }) => ({ name, what: covers }));

/** The names of all configurations, each with what it covers, a line each. */
export function sayConfigurations(): string[] {
	const width = Math.max(...configurations.map(({ name }) => name.length));
	return configurationItems().map(({ name, what }) => `  ${name.padEnd(width)}  ${what}`);
}

/** Whether these are all of the profile. */
export const isWhole = (some: readonly Configuration[], profile: Profile): boolean =>
	some.length === configurations.filter((sized) => belongsTo(sized, profile)).length;
