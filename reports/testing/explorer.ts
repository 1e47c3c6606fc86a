import { toToken } from '../../model/vocabulary/stories/story.ts';
import { choices } from '../explorer/choices.ts';
import { Exploration } from '../explorer/exploration.ts';
import type { ExplorerInput } from '../explorer/page.tsx';
import { STARTS } from '../explorer/starts.ts';
import { sayEvent } from '../wording/event.ts';

/** What a page is written from, for tests: the setups that come along. */
export const explorerOf = (input: Partial<ExplorerInput> = {}): ExplorerInput => ({
	about: 'Small examples of automatic retry',
	openings: STARTS.map(({ name, setup }) => ({ name, token: toToken({ setup, events: [] }) })),
	graphs: [],
	version: '0.0.0',
	...input,
});

/** The address' fragment of a story: of the first setup, with the events that are called so. */
export function fragmentOf(...story: readonly string[]): string {
	const [first] = STARTS;
	if (first === undefined) throw new RangeError('nothing to begin with');
	const explored = new Exploration(first.setup);
	for (const words of story) explored.choose(eventCalled(explored, words));
	return `#${toToken(explored.story)}`;
}

function eventCalled({ setup, here }: Exploration, words: string) {
	const found = choices(setup, here.seen).find((one) => sayEvent(one).startsWith(words));
	if (found === undefined) throw new RangeError(`nothing that can happen is called ${words}`);
	return found;
}
