import type { Design } from '../../model/vocabulary/design.ts';
import type { AgentVariant } from '../agent/variant.ts';
import type { ServerVariant } from '../server/context.ts';
import { LISTED } from './designs-listed.ts';

/** A design as a variant of the reference: both ends of a request for a restart. */
export interface ReferenceVariant {
	readonly agent: AgentVariant;
	readonly server: ServerVariant;
}

/** A part of a variant, which may need the key of the service user. */
type Part<Variant> = Variant | ((key: string) => Variant);

const variants: Readonly<
	Record<Design, { readonly agent: Part<AgentVariant>; readonly server: Part<ServerVariant> }>
> = LISTED;

/** The variant of a design; `key` is the service user's, which only one of them needs. */
export function referenceVariantOf(design: Design, key: string): ReferenceVariant {
	const { agent, server } = variants[design];
	return {
		agent: typeof agent === 'function' ? agent(key) : agent,
		server: typeof server === 'function' ? server(key) : server,
	};
}
