import fc from 'fast-check';
import {
	MAX_HOSTS,
	MAX_TASKS,
	type OtherPolicy,
	type Setup,
} from '../../model/vocabulary/setup.ts';
import { drawAt } from './draws.ts';
import { policy } from './parts.ts';

/** What there is beside one version: nothing mostly. */
const beside = fc.record({
	what: fc.constantFrom(
		...Array(14).fill('nothing' as const),
		'version' as const,
		'project' as const,
	),
	policy: policy.map(({ call_attempts: _, ...heeded }): OtherPolicy => heeded),
	/** Each task stands next to the same of the other version, so that hosts take them by turns; else those stand behind. */
	byTurns: fc.boolean(),
});

/** So far into a stream that small and extreme values are no likelier than others. */
const UNBIASED = 1_000_000;

/**
 * The same tasks once more in another version, of the same project or another one, where there is room. Whether they are
 * follows from the setup: so no draw is between it and what is drawn after it, and most seeds stand for what they stood for.
 */
export const severalOf = (setups: fc.Arbitrary<Setup>): fc.Arbitrary<Setup> =>
	setups.map((setup) => {
		const { what, policy, byTurns } = drawAt(beside, digestOf(JSON.stringify(setup)), UNBIASED);
		if (what === 'nothing' || 2 * setup.tasks.length > MAX_TASKS) return setup;
		const project = { id: 'other', policy };
		return twice(setup, what === 'project' ? { project } : {}, byTurns);
	});

/** Which hosts come late, of those that there are and two that are added: nobody mostly. */
const late = fc.record({
	isSo: fc.constantFrom(...Array(14).fill(false), true),
	added: fc.constantFrom(1, 2),
	/** Whether nobody is there at first. */
	all: fc.constantFrom(false, false, false, true),
});

/**
 * Hosts come and go in few setups: to those that there are, others come in the middle of a story. It follows from the
 * setup in the same way.
 */
export const lateHostsOf = (setups: fc.Arbitrary<Setup>): fc.Arbitrary<Setup> =>
	setups.map((setup) => {
		const { isSo, added, all } = drawnFrom(late, 'late', setup);
		return isSo ? withLateHosts(setup, added, all) : setup;
	});

/** What follows from a setup: of each purpose something else. */
export const drawnFrom = <Value>(
	arbitrary: fc.Arbitrary<Value>,
	purpose: string,
	setup: Setup,
): Value => drawAt(arbitrary, digestOf(`${purpose} ${JSON.stringify(setup)}`), UNBIASED);

/** @param all whether those that there are come late too. */
export function withLateHosts(setup: Setup, added: number, all: boolean): Setup {
	const { hosts } = setup;
	const others = Array.from(
		{ length: Math.min(added, MAX_HOSTS - hosts.length) },
		(_, place) => `h${hosts.length + place + 1}`,
	);
	return {
		...setup,
		hosts: [...hosts, ...others],
		late_hosts: all ? [...hosts, ...others] : others,
	};
}

/** A number of 32 bits that stands for a text (FNV-1a). */
function digestOf(text: string): number {
	let digest = 0x811c9dc5;
	for (let place = 0; place < text.length; place++)
		digest = Math.imul(digest ^ text.charCodeAt(place), 0x01000193);
	return digest;
}

/** A setup with a second version of all its tasks. */
export function twice(
	setup: Setup,
	of: Pick<NonNullable<Setup['other_versions']>[number], 'project'>,
	byTurns: boolean,
): Setup {
	const version = 'second';
	const again = (id: string): string => `${id}-again`;
	const copies = setup.tasks.map(({ depends_on, ...task }) => ({
		...task,
		id: again(task.id),
		version,
		...(depends_on === undefined
			? {}
			: {
					depends_on: depends_on.map((wait) =>
						typeof wait === 'string' ? again(wait) : { ...wait, name: again(wait.name) },
					),
				}),
	}));
	const shown = setup.display_tasks?.map(({ id, execution_tasks }) => ({
		id: again(id),
		execution_tasks: execution_tasks.map(again),
	}));
	return {
		...setup,
		tasks: byTurns
			? setup.tasks.flatMap((task, place) => [task, ...copies.slice(place, place + 1)])
			: [...setup.tasks, ...copies],
		...(setup.display_tasks === undefined || shown === undefined
			? {}
			: { display_tasks: [...setup.display_tasks, ...shown] }),
		other_versions: [{ id: version, ...of }],
	};
}
