import { expect, test } from 'vitest';
import { commandAt, planOf } from './commands.ts';
import { A0 } from './testing/flaky.ts';
import { resting, setupToJudge } from './testing/seen.ts';
import { ofAnswer, ofCommand, ofRef, ofRun, ofTask, place } from './wording.ts';

const setup = setupToJudge();
const [first] = resting(setup).tasks;
const [host] = resting(setup).hosts;

test('executions, hosts, commands and answers are named in the words of the reader', () => {
	if (first === undefined || host === undefined) throw new Error('nothing is there');
	expect(ofTask({ ...first, execution: 3 })).toBe('execution 3 of "a"');
	expect(ofRef(A0)).toBe('execution 0 of "a"');
	expect(ofRef(null)).toBe('no execution');
	const group = { group: 'grp', variant: 'linux' };
	expect(ofRun({ ...host, group })).toBe('group "grp" on "linux"');
	expect(ofRun({ ...host, group, execution: A0 })).toBe('execution 0 of "a"');
	expect(ofRun(host)).toBe('no execution');
	expect(place({ block: 'main', step: 1, member: null })).toBe('main command 1');
	expect(place({ block: 'pre', step: 2, member: 0 })).toBe('member 0 of the call at pre command 2');
	const plan = planOf(setup, 'a');
	const command = plan && commandAt(plan, { block: 'main', step: 0, member: null });
	if (command == null) throw new Error('there is no command');
	expect(ofCommand(command)).toBe('"integration" (main command 0)');
	expect(ofAnswer({ status: 429, outcome: 'refused_quota' })).toBe('429 refused_quota');
	expect(ofAnswer(null)).toBe('nothing');
});
