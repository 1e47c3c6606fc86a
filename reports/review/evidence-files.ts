import { CheckEvidence } from '../evidence/check-evidence.ts';
import { DesignsEvidence } from '../evidence/design-evidence.ts';
import { Evidence } from '../evidence/evidence.ts';
import { FuzzEvidence } from '../evidence/fuzz-evidence.ts';
import { SimulationEvidence } from '../evidence/simulation-evidence.ts';
import { checkContradictionsOf } from '../judging/check-contradictions.ts';
import { contradictionsOf } from '../judging/contradictions.ts';
import { designContradictionsOf } from '../judging/design-contradictions.ts';
import { simulationContradictionsOf } from '../judging/simulation-contradictions.ts';
import { type Read, readEvidence } from './read.ts';

/*
 * Each kind of evidence file with the one judge that says whether it may be believed. The remedy is what whoever gave
 * a file that is refused should do.
 */

export const readVerification = (path: string, remedy: string): Read<Evidence> =>
	readEvidence(path, Evidence, remedy, contradictionsOf);

export const readCheck = (path: string, remedy: string): Read<CheckEvidence> =>
	readEvidence(path, CheckEvidence, remedy, checkContradictionsOf);

export const readDesigns = (path: string, remedy: string): Read<DesignsEvidence> =>
	readEvidence(path, DesignsEvidence, remedy, designContradictionsOf);

export const readSimulation = (path: string, remedy: string): Read<SimulationEvidence> =>
	readEvidence(path, SimulationEvidence, remedy, simulationContradictionsOf);

/** It claims nothing but what was found, which its tokens show. */
export const readFuzz = (path: string, remedy: string): Read<FuzzEvidence> =>
	readEvidence(path, FuzzEvidence, remedy, () => []);
