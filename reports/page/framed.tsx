import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Assets } from './bundle.ts';
import { policyOf } from './policy.ts';

/** A whole page that needs nothing but itself: its style, its script, and what forbids it anything else. */
export const framed = async (title: string, assets: Assets, body: Child): Promise<string> =>
	String(
		await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(assets.style)}</style>
</head>
<body>
${body}
<script>${raw(assets.script)}</script>
</body>
</html>
`,
	);
