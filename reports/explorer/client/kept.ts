import { z } from 'zod';
import { Design } from '../../../model/vocabulary/design.ts';
import { Event } from '../../../model/vocabulary/events/event.ts';

/** To take a branch up again takes a while: of more than that the last ones are kept. */
const BRANCHES = 20;

/** The desk as it outlives a reload: where it was, what else was tried, and what stood beside it. */
const Kept = z.strictObject({
	/** Of where the reader was: another address is another story. */
	token: z.string(),
	/** Every branch from the beginning to its end; that on which the reader was is the last one. */
	branches: z.array(z.array(Event)).max(BRANCHES),
	beside: Design.nullable(),
	/** The place of what was begun with. */
	started: z.int().nonnegative().nullable(),
});
export type Kept = z.infer<typeof Kept>;

const KEY = `mulligan explorer ${location.pathname}`;

/** Only this tab has it, for as long as it is open. A page from disk may not be allowed to keep anything. */
export function keep(desk: Kept): void {
	const branches = desk.branches.slice(-BRANCHES);
	try {
		sessionStorage.setItem(KEY, JSON.stringify({ ...desk, branches }));
	} catch {
		// Then a reload opens what the address says.
	}
}

/** What was kept of the story of a token; null: nothing that can be read. */
export function keptOf(token: string): Kept | null {
	try {
		const kept = Kept.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));
		return kept.success && kept.data.token === token ? kept.data : null;
	} catch {
		return null;
	}
}
