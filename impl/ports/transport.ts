import type { EndDetails, Route } from '../../model/vocabulary/message.ts';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';
import type { LightRequest, WireResponse } from '../wire/exchange.ts';

/** A request, and what an observer may know of it without reading it. */
export interface Envelope {
	readonly request: LightRequest;
	readonly route: Route;
	readonly host: string;
	readonly execution: ExecutionRef | null;
	readonly details: EndDetails | null;
}

/** How an agent reaches the app server: one connection for each attempt of a call. */
export interface Transport {
	open(envelope: Envelope): Connection;
}

export interface Connection {
	/** The response; null when the connection was closed or broke before one came. */
	readonly response: Promise<WireResponse | null>;
	/** Stops waiting. Whether the request arrives is then nobody's concern. */
	close(): void;
}
