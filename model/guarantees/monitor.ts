import type { Moment } from './guarantee.ts';

/** Whether the monitor ran at this moment: by itself, or because its minute came. */
export const monitorRan = ({ before, event }: Pick<Moment, 'before' | 'event'>): boolean =>
	event.kind === 'monitor-runs' || (event.kind === 'minutes-pass' && before.server === 'up');
