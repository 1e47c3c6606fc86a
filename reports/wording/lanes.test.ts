import { expect, test } from 'vitest';
import { Setup } from '../../model/vocabulary/setup.ts';
import { hostsChange } from '../testing/narrated-story.ts';
import { lanesOf, livesIn } from './lanes.ts';

test('the lane of a host that comes late begins when it comes, and that of one that goes ends there', () => {
	const { lanes, events } = hostsChange();
	expect(livesIn(lanes, events)).toEqual([
		['there', 'away', 'there', 'there'],
		['there', 'begins', 'there', 'there'],
		['ends', 'there', 'there', 'there'],
		['away', 'there', 'there', 'there'],
	]);
});

test('whoever makes a host come has a lane, and a host that never comes is late all along', () => {
	const setup = Setup.parse({
		project: { id: 'p', tasks: [{ name: 'a', commands: [{ command: 'make' }] }] },
		...{ tasks: [{ id: 'a', task: 'a', variant: 'v' }], hosts: ['h1', 'h2'], late_hosts: ['h2'] },
	});
	expect(lanesOf(setup, [{ kind: 'host-comes', host: 'h2' }])).toEqual(hostsChange().lanes);
	const lanes = lanesOf(setup, [{ kind: 'hours-pass', hours: 1 }]);
	expect(livesIn(lanes, [{ arrow: null }])).toEqual([['there', 'away', 'there']]);
});
