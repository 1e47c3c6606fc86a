import { HEADER, LightResponse, type WireRequest } from '../wire/exchange.ts';
import { accessHost, header } from './auth.ts';
import type { Context } from './context.ts';
import { accept, refuse } from './reply.ts';

/** `GET agent/setup`: what an agent must know as it begins (lifecycle 6.3, call 1). */
export const agentSetup = (context: Context, request: WireRequest): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const id = header(request, HEADER.host);
		if (id === '') return refuse(401, 'refused_credentials', 'no host');
		const host = await accessHost(context, tx, request, id);
		// A background command that fails is noticed (docs/semantics.md, `background-fails`).
		return host instanceof LightResponse
			? host
			: new LightResponse(200, { background_command_failure_enabled: true });
	});

/** `POST hosts/{host}/disable`: the agent can run nothing more here (call 19); repeating it changes nothing. */
export const disableHost = (
	context: Context,
	request: WireRequest,
	hostId: string,
): Promise<LightResponse> =>
	context.store.transaction(async (tx) => {
		const host = await accessHost(context, tx, request, hostId);
		if (host instanceof LightResponse) return host;
		if (!host.disabled) await tx.saveHost({ ...host, disabled: true });
		return accept('ok');
	});
