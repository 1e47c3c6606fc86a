import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ExecutionRef } from '../../model/vocabulary/observation.ts';

const LONGEST_NAME = 100;

/** The folders of one execution below those of the agent. */
export const executionFolder = (base: string, { task, execution }: ExecutionRef): string =>
	join(base, folderName(task), String(execution));

/** An id as the name of one folder; never one that leads elsewhere, never too long for a file system. */
export function folderName(id: string): string {
	const name = encodeURIComponent(id).replace(/^\./, '%2E').replaceAll('*', '%2A');
	if (name.length <= LONGEST_NAME) return name;
	const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
	return `${name.slice(0, LONGEST_NAME - 17)}~${digest}`;
}
