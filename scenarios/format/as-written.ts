/** What was seen, in the words in which a scenario writes it. */

type Keys = Readonly<Record<string, unknown>>;

const keysOf = (value: unknown): Keys | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

const position = ({ block, step, member }: Keys): string =>
	`${block} ${Number(step) + 1}${typeof member === 'number' ? `.${member + 1}` : ''}`;

const reference = ({ task, execution }: Keys): string => `${task}/${execution}`;

/** The short word for a value, by its key. */
const SHORT: Readonly<Record<string, (value: Keys) => unknown>> = {
	started_by: ({ by }) => by,
	answer: ({ outcome }) => outcome,
	group: ({ group }) => group,
	history: ({ details }) => keysOf(details)?.['status'],
	messages: ({ leg, route }) => `${leg} ${route}`,
	in_hand: ({ route }) => route,
	background: position,
	execution: reference,
	assigned: reference,
	doing: ({ kind, route, position: at }) =>
		`${kind}${route === undefined ? '' : ` ${route}`}${at === undefined ? '' : ` ${position(keysOf(at) ?? {})}`}`,
};

/** What may stand in place of a value, and leads to one like it. */
const CLAIMS = ['not', 'any_of'];

/**
 * A value that was seen, written as the expected one is: a short word where that is one, else with the same keys.
 * @param key the key that leads to both.
 */
export function asWritten(key: string, expected: unknown, seen: unknown): unknown {
	if (Array.isArray(seen)) {
		const like = Array.isArray(expected) ? merged(expected) : expected;
		return seen.map((item) => asWritten(key, like, item));
	}
	const wanted = keysOf(expected);
	const shown = keysOf(seen);
	if (shown === null) return seen;
	if (wanted === null) return SHORT[key]?.(shown) ?? seen;
	const [claim = ''] = Object.keys(wanted);
	if (CLAIMS.includes(claim)) {
		const inner = wanted[claim];
		return asWritten(key, claim === 'any_of' && Array.isArray(inner) ? inner[0] : inner, seen);
	}
	return Object.fromEntries(
		Object.entries(wanted).map(([name, value]) => [
			name,
			asWritten(name, value, shown[name] ?? keysOf(shown['details'])?.[name]),
		]),
	);
}

/** Of several entries a word stands for all, else the keys of all of them. */
const merged = (entries: readonly unknown[]): unknown => {
	const mappings = entries.flatMap((entry) => keysOf(entry) ?? []);
	return mappings.length === 0 ? entries[0] : Object.assign({}, ...mappings);
};

/** Plain data in one line, as YAML. */
export function inOneLine(value: unknown): string {
	if (value === undefined) return 'not there';
	if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
	const keys = keysOf(value);
	if (keys === null) return String(value);
	const entries = Object.entries(keys).filter(([, one]) => one !== undefined);
	return entries.length === 0
		? '{}'
		: `{ ${entries.map(([key, one]) => `${key}: ${inOneLine(one)}`).join(', ')} }`;
}
