import { NETWORK_CAPACITY } from '../message.ts';
import type { HostObservation, Observation } from '../observation.ts';
import { ofHost } from './of-host.ts';

/** What an agent does by itself. */

const hasRoom = ({ messages }: Observation): boolean => messages.length < NETWORK_CAPACITY;
const isAlive = ({ agent }: HostObservation): boolean => agent === 'alive';
const isCalling = ({ doing }: HostObservation): boolean => doing.kind === 'calling';

export const hostAsks = ofHost('host-asks', {
	by: 'agent',
	isFault: false,
	when: 'the agent is alive and idle',
	isPossible: (host, seen) => isAlive(host) && host.doing.kind === 'idle' && hasRoom(seen),
	weight: { always: 4 },
	cost: null,
	say: (host) => `${host} asks for work`,
	sends: 'next',
});

export const heartbeatSent = ofHost('heartbeat-sent', {
	by: 'agent',
	isFault: false,
	when: 'the agent has an execution, and runs a command or waits for the answer to a mark',
	isPossible: ({ execution, doing }, seen) =>
		hasRoom(seen) &&
		execution !== null &&
		(doing.kind === 'running' || (doing.kind === 'calling' && doing.route === 'mark')),
	weight: { sometimes: 6 },
	cost: 'beats',
	say: (host) => `${host} sends a heartbeat`,
	sends: 'heartbeat',
});

export const callRetried = ofHost('call-retried', {
	by: 'agent',
	isFault: true,
	when: 'the agent waits for an answer',
	isPossible: (host, seen) => isCalling(host) && hasRoom(seen),
	weight: { sometimes: 1 },
	cost: null,
	explored: ({ hosts }, _, { still = false }) =>
		still ? [] : hosts.map(({ id }) => ({ kind: 'call-retried', host: id })),
	say: (host) => `${host} has no answer and sends its call again`,
});

export const callAbandoned = ofHost('call-abandoned', {
	by: 'agent',
	isFault: true,
	when: 'the agent waits for an answer',
	isPossible: isCalling,
	weight: { sometimes: 1 },
	cost: null,
	explored: ({ hosts }, _, { abandons = false }) =>
		abandons ? hosts.map(({ id }) => ({ kind: 'call-abandoned', host: id })) : [],
	say: (host) => `${host} gives up its call`,
});

export const agentDies = ofHost('agent-dies', {
	by: 'agent',
	isFault: true,
	when: 'the agent is alive',
	isPossible: isAlive,
	weight: { sometimes: 1, undoneBy: 'agent-returns' },
	cost: 'deaths',
	say: (host) => `the agent on ${host} dies`,
});

export const agentReturns = ofHost('agent-returns', {
	by: 'agent',
	isFault: false,
	when: 'the agent is dead, and its host is there',
	isPossible: ({ agent, away }) => agent === 'dead' && away === undefined,
	weight: { sometimes: 1 },
	cost: null,
	say: (host) => `a new agent starts on ${host}`,
});
