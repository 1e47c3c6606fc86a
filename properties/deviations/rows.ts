/**
 * Every row of the tables of real bugs: H and D of the deployed system, past and present, F where its agent differs,
 * P what people reported of other systems; and N what was found here, in the design as it is read, and nobody had reported. A row is told by the deviation that bears its id, or whose id goes on from
 * it (H28-i), or that names it among those that are the same fault; or it is left out, with the reason.
 */
export const ROWS: readonly string[] = [
	...numbered('H', [1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 20, 21, 22, 24, 26]),
	...numbered('H', [28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 44, 45, 46]),
	...numbered('H', [47, 48, 50, 51, 52, 53, 54]),
	...['D1a', 'D1b', 'D1c', 'D1d', 'D1e', 'D1f', 'D2', 'D4', 'D5', 'D5b', 'D6', 'D6b', 'D9'],
	...['D10a', 'D10b', 'D10c', 'D16', 'D17', 'D18', 'D19', 'D20', 'D21', 'D22', 'D23', 'D25'],
	...['D27', 'D28', 'D29'],
	...Array.from({ length: 16 }, (_, place) => `F${place + 1}`),
	...['P1', 'P2', 'P3', 'P6', 'P8', 'P9', 'P10', 'P11', 'P13', 'P17', 'P20', 'P22', 'P24', 'P26'],
	'N1',
];

function numbered(letter: string, numbers: readonly number[]): string[] {
	return numbers.map((number) => `${letter}${String(number).padStart(2, '0')}`);
}

const NO_CHANGE = 'changes nothing that is seen, or added what was not there';
const CONFIGURATION = 'takes a host or a configuration that fails, which is no event';

const REFUSED_BEAT =
	'a heartbeat is refused where the execution ended, and by then the agent has given it up by itself: nothing is seen of it';

/** Rows that are not told, and why. */
export const UNTOLD: Readonly<Record<string, string>> = {
	H06: NO_CHANGE,
	H10: 'the store refuses to keep one execution twice, so that nothing is committed',
	H18: NO_CHANGE,
	H30: 'how often work may be handed out that never starts is not promised',
	H40: 'the shown status is worked out when it is asked for, and never kept',
	H44: 'flags that do nothing are found when a project is read, which is no decision of the server or the agent',
	H47: 'the shown status is worked out when it is asked for, and never kept',
	H48: NO_CHANGE,
	H50: NO_CHANGE,
	H52: 'activation of a task is no event',
	H54: NO_CHANGE,
	D6b: 'expansions of a call are not looked at',
	D16: 'an agent that exits by itself is no event',
	D18: 'only agents that run for real read their task and report usage',
	D19: REFUSED_BEAT,
	D20: 'a job that does nothing, where another one does its work',
	D25: 'a line in a log',
	D28: 'a member of a display task that is not there cannot be set up',
	D29: CONFIGURATION,
	F10: 'expansions of a call are not looked at',
	F11: CONFIGURATION,
	F13: REFUSED_BEAT,
	F14: 'breaks no promise, and shows as long as an end is pending only',
	F15: 'breaks no promise: how fast a command runs is not promised, and the fence holds',
};
