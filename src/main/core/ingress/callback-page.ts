/** The page a browser sees once the callback has been dealt with. Self-contained, and never a mirror of its request. */
import { createHash } from 'node:crypto';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { CallbackPage } from './types.ts';

const STYLE = `
:root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1a1d21; --soft: #5b6470; --good: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --back: #131518; --card: #1c1f24; --text: #e8eaed; --soft: #9aa4b1; --good: #4cc38a; --bad: #ff8a80; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 1rem; padding: 2rem; border-radius: 8px; background: var(--card); }
h1 { margin: 0 0 .75rem; font-size: 1.25rem; }
h1.ok { color: var(--good); }
h1.failed { color: var(--bad); }
p { margin: .5rem 0; }
p.close { color: var(--soft); }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Sent with every page: nothing is loaded, nothing runs, nobody frames it, and the address with the code goes nowhere. */
export const PAGE_HEADERS: HeaderPairs = [
  ['Content-Type', 'text/html; charset=utf-8'],
  [
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cache-Control', 'no-store'],
];

export function renderCallbackPage(page: CallbackPage): string {
  const sentences = page.sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} · HighLevel Companion</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 class="${page.ok ? 'ok' : 'failed'}">${escapeHtml(page.title)}</h1>
${sentences}
<p class="close">You can close this window and go back to HighLevel Companion.</p>
</main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
