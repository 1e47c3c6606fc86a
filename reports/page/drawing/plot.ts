import { type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** A chart as one `<svg>`, drawn without a browser. */
export function draw(label: string, options: PlotOptions): string {
	const { document } = parseHTML('<!doctype html><html><body></body></html>');
	const chart = plot({
		width: 520,
		height: 300,
		marginLeft: 52,
		marginBottom: 42,
		className: 'plot',
		...options,
		document,
	});
	// The page's own style says how charts look; a style of theirs would be refused by its policy.
	for (const style of chart.querySelectorAll('style')) style.remove();
	for (const group of chart.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
	for (const part of chart.querySelectorAll('[style]')) part.removeAttribute('style');
	chart.setAttribute('role', 'img');
	chart.setAttribute('aria-label', label);
	chart.removeAttribute('font-family');
	return chart.outerHTML;
}
