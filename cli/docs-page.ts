import { join, relative } from 'node:path';
import { repositoryTop } from '../scenarios/yaml/inside.ts';

/** A page of the documentation, as whoever reads it here finds it: in the checkout, or in the package where that is installed. */
export const docsPage = (name: string): string =>
	relative('', join(repositoryTop(import.meta.filename, ['package.json']), 'docs', name));
