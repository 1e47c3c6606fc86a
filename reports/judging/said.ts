import { same } from '../../model/vocabulary/same.ts';

/** What is said of something against what its parts come to: no line where they agree. */
export const differs = (name: string, said: string, judged: string | undefined): string[] =>
	judged === undefined || said === judged
		? []
		: [`${name} is said to be "${said}", but its parts come to "${judged}"`];

/** The same of everything that is said of it: a line for each of these keys. */
export const differing = <Key extends string>(
	name: string,
	said: Readonly<Record<Key, unknown>>,
	judged: Readonly<Record<Key, unknown>>,
	keys: readonly Key[],
): string[] =>
	keys.flatMap((key) =>
		same(said[key], judged[key])
			? []
			: [
					`${key.replaceAll('_', ' ')} of ${name} is said to be ${short(said[key])}, but its parts come to ${short(judged[key])}`,
				],
	);

export const repeated = (...lists: readonly (readonly string[])[]): string[] =>
	lists.flatMap((names) =>
		[...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map(
			(name) => `${name} stands there more than once`,
		),
	);

/** What has to stand there, in this order, and nothing else. */
export function listed(
	what: string,
	said: readonly string[],
	due: readonly string[],
	where = '',
): string[] {
	const missing = due.filter((name) => !said.includes(name));
	const strange = said.filter((name) => !due.includes(name));
	const problems = [
		...(missing.length === 0 ? [] : [`${what} ${missing.join(', ')} should stand there${where}`]),
		...(strange.length === 0
			? []
			: [`${what} ${strange.join(', ')} should not stand there${where}`]),
		...repeated(said.map((name) => `${what} ${name}`)).map((one) => `${one}${where}`),
	];
	return problems.length > 0 || same(said, due)
		? problems
		: [`${what} ${said.join(', ')} should stand there in the order ${due.join(', ')}${where}`];
}

/** Where it is so, it cannot be. */
export const never = (isSo: boolean, sentence: string): string[] => (isSo ? [sentence] : []);

const SHORT = 200;

const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, SHORT);
