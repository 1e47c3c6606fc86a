import type { Picture } from './descriptor.ts';
import { ofHost } from './of-host.ts';

/** Hosts come and go, as admins or their cloud have it. */

const drawn =
	(label: string, life: 'begins' | 'ends') =>
	({ host: name }: { readonly host: string }): Picture => ({
		...{ from: { kind: 'user' }, to: { kind: 'agent', name } },
		...{ label, fate: 'arrives', life },
	});

/** It registers, and an agent starts on it. */
export const hostComes = {
	...ofHost('host-comes', {
		by: 'user',
		isFault: false,
		when: 'the host has not come yet, and the app server is up',
		isPossible: ({ away }, { server }) => server === 'up' && away === 'to-come',
		weight: { inSetups: hostsChange },
		cost: null,
		explored: 'by a rule of its own',
		say: (host) => `the host ${host} comes`,
	}),
	draw: drawn('comes', 'begins'),
};

/** For good, with all that runs there: whatever it says from then on is refused. */
export const hostGoes = {
	...ofHost('host-goes', {
		by: 'user',
		isFault: true,
		when: 'the host is there, and the app server is up',
		isPossible: ({ away }, { server }) => server === 'up' && away === undefined,
		weight: { inSetups: hostsChange },
		cost: 'departures',
		explored: 'by a rule of its own',
		say: (host) => `the host ${host} is taken away`,
	}),
	draw: drawn('is taken away', 'ends'),
};

/** How often, in a setup some of whose hosts come late; others are told as if hosts stood for ever. */
function hostsChange({ late_hosts }: { readonly late_hosts?: unknown }): number {
	return late_hosts === undefined ? 0 : 2;
}
