import { z } from 'zod';
import { said } from '../routes/agent-schemas.ts';
import type { Route } from '../routes/route.ts';
import { readBody } from '../server/body.ts';
import { accept } from '../server/reply.ts';
import { LightResponse } from '../wire/exchange.ts';
import { PREFIX } from '../wire/path.ts';

const Note = z.strictObject({ text: z.string() });

/** A route that nothing but a test puts into the table. */
export const ADDED_ROUTE: Route = {
	method: 'post',
	path: `${PREFIX}/tasks/{task}/note`,
	name: 'noteTask',
	summary: 'Keep a note on a task',
	access: 'user',
	body: Note,
	success: { status: 200, body: said('ok') },
	refusals: [400],
	handle: async (_, request) => {
		const note = await readBody(Note, request);
		return note instanceof LightResponse ? note : accept('ok');
	},
};
