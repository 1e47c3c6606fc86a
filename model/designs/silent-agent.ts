import { ASKS_FOR_OTHERS, createAgentMachine } from '../machines/agent.ts';

/** An agent that asks for no restart by itself when a flagged command has failed its task. */
const silent = { guards: { 'to be marked': () => false } };

export const silentAgent = createAgentMachine().provide(silent);

/** The same, whose connection others use who ask while a block runs. */
export const agentForOthers = createAgentMachine({ onMarkWanted: ASKS_FOR_OTHERS }).provide(silent);
