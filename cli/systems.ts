import { InvalidArgumentError } from 'commander';
import { createTables } from '../model/system/tables.ts';
import { deployed } from '../properties/deployed/index.ts';
import { live, liveOnPostgres } from '../properties/live/system.ts';
import { model } from '../properties/systems/model.ts';
import { reference } from '../properties/systems/reference.ts';
import type { System } from '../properties/systems/system.ts';

/** The systems that a story can be played on, by the names under which a user asks for them. */
export const SYSTEMS = {
	model: () => model(createTables()),
	reference: () => reference(),
	live: () => live(),
	'live-postgres': () => liveOnPostgres(),
	'evergreen-server-953ae91': () => deployed('evergreen-server-953ae91'),
	'evergreen-agent-953ae91': () => deployed('evergreen-agent-953ae91'),
	'evergreen-953ae91': () => deployed('evergreen-953ae91'),
} as const satisfies Readonly<Record<string, () => System>>;

export type SystemName = keyof typeof SYSTEMS;

export const NAMES = Object.keys(SYSTEMS) as SystemName[];

/** What is on trial where no system is named. */
export const USUAL: readonly SystemName[] = ['model', 'reference'];

/** Each of the names once. */
export function systemsOf(text: string): SystemName[] {
	const names = text.split(',').map((written) => {
		const found = NAMES.find((name) => name === written.trim());
		if (found === undefined)
			throw new InvalidArgumentError(
				`there is no system "${written.trim()}"; known are ${NAMES.join(', ')}`,
			);
		return found;
	});
	return [...new Set(names)];
}
