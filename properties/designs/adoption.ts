import { DESIGNS } from '../../model/catalogue/index.ts';
import type { Design } from '../../model/vocabulary/design.ts';

/** The command of the examples before a team does anything about its failures. */
const BEFORE = `
- command: shell.exec
  params:
    script: make fetch
`;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** Lines that are there after and were not before: what each command costs its team. */
export function linesAdded(design: Design): number {
	const before = new Set(linesOf(BEFORE));
	return linesOf(DESIGNS[design].yaml).filter((line) => !before.has(line)).length;
}
