import { expect, test } from 'vitest';
import type { Details } from '../../model/vocabulary/message.ts';
import { EndDetail, fromEndDetail, remarksIn, toEndDetail } from './end-detail.ts';

const FAILED: Details = { status: 'failed', type: 'test', description: '', timed_out: null };
const REMARKS = {
	desc: 'no disk',
	failure_metadata_tags: ['disk'],
	failing_command: 'make (main)',
};

test.each<[Details, Parameters<typeof toEndDetail>[1]]>([
	[FAILED, null],
	[{ ...FAILED, status: 'success', type: null }, null],
	[{ ...FAILED, timed_out: 'block' }, 'post'],
	[{ ...FAILED, exit: 137 }, null],
	[{ ...FAILED, exit: 'SIGKILL' }, null],
	[
		{ ...FAILED, type: 'system', description: 'task has invalid status', timed_out: 'idle' },
		'idle',
	],
])('what an agent sends is read as what it meant: %j', (details, limit) => {
	const sent = EndDetail.parse(JSON.parse(JSON.stringify(toEndDetail(details, limit))));
	expect(fromEndDetail(sent)).toEqual(details);
	expect(remarksIn(sent)).toBeNull();
});

test('a remark goes along, and changes nothing that is decided', () => {
	const sent = toEndDetail(FAILED, null, REMARKS);
	expect(sent).toMatchObject(REMARKS);
	expect(fromEndDetail(sent)).toEqual(FAILED);
	expect(remarksIn(sent)).toEqual(REMARKS);
});

test('the agent’s own sentence counts more than a remark', () => {
	const details: Details = { ...FAILED, description: 'task has invalid status' };
	const sent = toEndDetail(details, null, REMARKS);
	expect(sent.desc).toBe('task has invalid status');
	expect(remarksIn(sent)).toEqual({ ...REMARKS, desc: '' });
});

test('a remark in the agent’s own words is not taken for the agent’s', () => {
	const sent = toEndDetail(FAILED, null, { ...REMARKS, desc: 'task has invalid status' });
	expect(fromEndDetail(EndDetail.parse(sent))).toEqual(FAILED);
	expect(remarksIn(sent)).toEqual({ ...REMARKS, desc: '' });
});

test.each(['aborted', 'heartbeat'])(
	'"%s" is the app server’s to say: from an agent it is a remark',
	(desc) => {
		const sent = EndDetail.parse({ status: 'failed', desc, failure_metadata_tags: null });
		expect(fromEndDetail(sent).description).toBe('');
		expect(remarksIn(sent)).toEqual({ desc, failure_metadata_tags: [] });
	},
);
