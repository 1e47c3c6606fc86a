import { z } from 'zod';
import { policyChanges } from './admins.ts';
import {
	agentDies,
	agentReturns,
	callAbandoned,
	callRetried,
	heartbeatSent,
	hostAsks,
} from './agents.ts';
import { backgroundFails, commandEnds, statusPosted } from './commands.ts';
import type { Descriptor, EventSchema } from './descriptor.ts';
import { goesOn, held } from './held.ts';
import { hostComes, hostGoes } from './hosts.ts';
import { messageDelivered, messageLost, messageRepeated } from './network.ts';
import { monitorRuns, serverCrashes, serverReturns } from './server.ts';
import { requestForged } from './strangers.ts';
import { hostUnreachable, hoursPass, minutesPass } from './time.ts';
import { userAborts, userRestarts } from './users.ts';
import {
	userAbortsVersion,
	userRestartsVersion,
	userRestartsWhenFinished,
} from './when-finished.ts';

/** Every kind of event there is. The order is that in which random stories weigh them: changing it changes what a seed stands for. */
const ALL = [
	hostAsks,
	messageDelivered,
	commandEnds,
	backgroundFails,
	statusPosted,
	heartbeatSent,
	callRetried,
	callAbandoned,
	agentDies,
	agentReturns,
	messageLost,
	messageRepeated,
	serverCrashes,
	serverReturns,
	monitorRuns,
	userAborts,
	userRestarts,
	hoursPass,
	hostUnreachable,
	requestForged,
	held,
	goesOn,
	minutesPass,
	userRestartsWhenFinished,
	userRestartsVersion,
	userAbortsVersion,
	policyChanges,
	hostComes,
	hostGoes,
] as const;

type Schemas<All extends readonly { readonly schema: EventSchema }[]> = {
	-readonly [Place in keyof All]: All[Place]['schema'];
};

/** One thing that can happen. See docs/events.md for when each is possible, and docs/semantics.md for what it does. */
export const Event = z.discriminatedUnion(
	'kind',
	ALL.map(({ schema }) => schema) as unknown as Schemas<typeof ALL>,
);
export type Event = z.infer<typeof Event>;
export type EventKind = Event['kind'];

/** A descriptor whose kind is not known more closely: for an event of its own schema, and no other. */
type AnyDescriptor = Descriptor<EventSchema, Event>;

/** The descriptors by kind, each to be given events of its own kind only. */
const DESCRIPTORS = new Map<EventKind, AnyDescriptor>(
	ALL.map((one) => [one.schema.shape.kind.value, one as unknown as AnyDescriptor]),
);

export const KINDS: readonly EventKind[] = [...DESCRIPTORS.keys()];

/** All that there is to know of a kind. */
export function descriptorOf(kind: EventKind): AnyDescriptor {
	const found = DESCRIPTORS.get(kind);
	if (found === undefined) throw new RangeError(`no event of the kind "${kind}"`);
	return found;
}
