import { assign, setup } from 'xstate';
import { part, type Send, type System } from '../machines/communicating.ts';

/**
 * Two processes that must not be in their critical section at once. Whoever holds the token may
 * enter; who does not, asks the other for it. Messages overtake each other: a process that handed
 * the token over may ask to have it back before the other one has got it.
 */

type Name = 'left' | 'right';
type Signal = { type: 'WANT' } | { type: 'LEAVE' } | { type: 'ASK' } | { type: 'TOKEN' };

interface Context {
	readonly peer: Name;
	/** Whether the process has the token, and whether the other one waits for it. */
	readonly token: boolean;
	readonly asked: boolean;
}

const to = (type: Signal['type']) => ({
	type: 'send' as const,
	params: ({ context }: { context: Context }): Send => ({ to: context.peer, signal: { type } }),
});

const GIVE = { actions: ['let go', to('TOKEN')] } as const;
const NOTE = { actions: 'note' } as const;
const IGNORE = {} as const;

/** How a process takes a request for the token while it waits for it, or while it uses it. */
interface Manners {
	readonly waiting: typeof NOTE | typeof IGNORE;
	readonly critical: typeof NOTE | typeof GIVE;
}

const processMachine = ({ waiting, critical }: Manners) =>
	setup({
		types: {
			context: {} as Context,
			events: {} as Signal,
			input: {} as { peer: Name; token: boolean },
		},
		actions: {
			send: (_: unknown, _send: Send): void => {},
			note: assign({ asked: true }),
			'let go': assign({ token: false, asked: false }),
		},
		guards: {
			'has token': ({ context }) => context.token,
			'is asked': ({ context }) => context.asked,
		},
	}).createMachine({
		id: 'process',
		context: ({ input }) => ({ ...input, asked: false }),
		initial: 'idle',
		states: {
			idle: {
				on: {
					WANT: [
						{ guard: 'has token', target: 'critical' },
						{ target: 'waiting', actions: to('ASK') },
					],
					ASK: GIVE,
				},
			},
			waiting: {
				on: { TOKEN: { target: 'critical', actions: assign({ token: true }) }, ASK: waiting },
			},
			critical: {
				on: {
					LEAVE: [{ guard: 'is asked', target: 'idle', ...GIVE }, { target: 'idle' }],
					ASK: critical,
				},
			},
		},
	});

const HEARS = [{ signal: { type: 'WANT' } }, { signal: { type: 'LEAVE' } }];

const system = (manners: Manners) => {
	const machine = processMachine(manners);
	return {
		parts: {
			left: part(machine, { peer: 'right', token: true }, HEARS),
			right: part(machine, { peer: 'left', token: false }, HEARS),
		},
		network: { capacity: 4 },
		promises: [
			{
				id: 'exclusion',
				broken: (after) =>
					after.value('left') === 'critical' && after.value('right') === 'critical'
						? 'At most one process is critical; both are.'
						: null,
			},
		],
		demands: (['left', 'right'] as const).map((name) => ({
			id: `${name} gets in`,
			owed: (seen) => (seen.value(name) === 'waiting' ? `${name} waits for ever.` : null),
		})),
	} satisfies System<Record<Name, ReturnType<typeof part<typeof machine>>>>;
};

export const mutualExclusion = system({ waiting: NOTE, critical: NOTE });

/** The token is handed over as soon as somebody asks for it. */
export const givenInUse = system({ waiting: NOTE, critical: GIVE });

/** Who waits for the token does not note that it is asked for: the request came before the token did. */
export const overtaken = system({ waiting: IGNORE, critical: NOTE });
