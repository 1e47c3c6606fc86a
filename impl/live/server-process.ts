// The entry file of an app server in a live trial: the one of `mulligan serve` with a clock that is steered.
import { obeyParent } from './channel.ts';
import { LiveServer } from './live-server.ts';
import { ServerOrder } from './server-orders.ts';

const server = new LiveServer();

obeyParent(ServerOrder, (order) => server.obey(order));
