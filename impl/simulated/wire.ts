import type { AppServer } from '../routes/app-server.ts';
import { AnswerBody } from '../wire/answer.ts';
import type { LightRequest, WireResponse } from '../wire/exchange.ts';

/** An answer of the app server, and its body for an observer. */
export interface Answered {
	readonly response: WireResponse;
	readonly body: AnswerBody;
}

/** How a request becomes one that the app server takes, and its answer one that an agent takes. */
export type Wire = (server: AppServer, request: LightRequest) => Promise<Answered>;

/** Light objects, as they are. */
export const lightWire: Wire = async (server, request) => {
	const response = await server.handle(request);
	return { response, body: AnswerBody.parse(await response.json()) };
};

/** Real `Request` and `Response`, as over a socket. */
export const standardWire: Wire = async (server, request) => {
	const response = await server.fetch(request.toRequest('http://app.invalid'));
	return { response, body: AnswerBody.parse(await response.clone().json()) };
};
