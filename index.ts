/**
 * What programs may use of mulligan: the evidence that its commands write, and the stories in replay tokens.
 * All else is inside, and changes without notice.
 */
export {
	fromToken,
	isToken,
	Story,
	TokenError,
	toToken,
} from './model/vocabulary/stories/story.ts';
export { CheckEvidence } from './reports/evidence/check-evidence.ts';
export { DesignsEvidence } from './reports/evidence/design-evidence.ts';
export { Evidence } from './reports/evidence/evidence.ts';
export { SimulationEvidence } from './reports/evidence/simulation-evidence.ts';
