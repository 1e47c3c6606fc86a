import type { z } from 'zod';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';
import { refuse } from './reply.ts';

/** The body of a request, or the 400 that says what is wrong with it. */
export async function readBody<Body>(
	schema: z.ZodType<Body>,
	request: WireRequest,
): Promise<Body | LightResponse> {
	const body = await request.json().catch((error: unknown) => {
		// Anything else is not about what the body says.
		if (error instanceof SyntaxError) return undefined;
		throw error;
	});
	const parsed = schema.safeParse(body);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	return refuse(400, null, `malformed body: ${issue?.path.join('.')}: ${issue?.message}`);
}
