import type { Context } from '../server/context.ts';
import type { LightResponse, WireRequest } from '../wire/exchange.ts';
import type { Ids, Route } from './route.ts';

/** Answers for a route. A user is checked here; an agent by the handler, in the transaction that does the work. */
export async function answer(
	context: Context,
	{ access, handle }: Route,
	request: WireRequest,
	ids: Ids,
): Promise<LightResponse> {
	const refusal =
		access === 'user' || access === 'admin'
			? await context.checkUser(context, request, access)
			: null;
	return refusal ?? handle(context, request, ids);
}
