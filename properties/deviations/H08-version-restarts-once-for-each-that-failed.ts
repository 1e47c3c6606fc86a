import type { Deviation } from './deviation.ts';

export const versionRestartsOnceForEachThatFailed: Deviation = {
	id: 'H08',
	name: 'version restarts once for each that failed',
	symptom:
		'A display task restarts once for each of its members, when a user restarts the version.',
	where: 'EVG-6810 (#3741)',
	breaks: ['C5'],
	rules: { askedWith: ({ id }) => [id], isOlder: () => false, hasRun: () => true },
	elsewhere: ['S22'],
	toured: { by: 'versions', breaks: 'S22' },
};
