import { ADMIN_ROUTES } from './admin-routes.ts';
import { AGENT_ROUTES } from './agent-routes.ts';
import { CONFIGURATION_ROUTES } from './configuration-routes.ts';
import type { Route } from './route.ts';
import { USER_ROUTES } from './user-routes.ts';

/** Every route that somebody must prove to be allowed to call. */
export const ROUTES: readonly Route[] = [
	...AGENT_ROUTES,
	...CONFIGURATION_ROUTES,
	...USER_ROUTES,
	...ADMIN_ROUTES,
];
