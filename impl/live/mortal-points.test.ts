import { expect, test, vi } from 'vitest';
import { MortalPoints } from './mortal-points.ts';

test('a process that is to die around a commit outlives a transaction that only reads', () => {
	const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
	const points = new MortalPoints();
	points.dieAt({ kind: 'commit', when: 'before' });
	for (const point of ['begin', 'task', 'before commit', 'after commit']) points.onPoint(point);
	expect(kill).not.toHaveBeenCalled();
	for (const point of ['begin', 'saveTask', 'before commit']) points.onPoint(point);
	expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
	kill.mockRestore();
});
