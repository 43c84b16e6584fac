import { createHash } from 'node:crypto';
import type { Reply } from './messages.ts';
import { pageStyle } from './page-style.ts';

/** Markup that is safe to put into a page as it is. Only the `html` template makes it. */
export interface Markup {
  readonly markup: string;
}

type Insert = Markup | string | number | null | undefined | false | readonly Insert[];

/** Markup from a template. Inserted text is escaped; markup and lists of it go in as they are. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return { markup: parts.map((part, index) => part + render(inserts[index])).join('') };
}

function render(insert: Insert): string {
  if (insert === null || insert === undefined || insert === false) return '';
  if (typeof insert === 'string' || typeof insert === 'number') return escape(String(insert));
  return 'markup' in insert ? insert.markup : insert.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

export interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly status?: number;
  /** Runs in the page; the page must work without it. */
  readonly script?: string;
}

/** A whole page of the simulator, with its style and a content security policy for exactly that. */
export function pageReply({ title, body, status = 200, script }: Page): Reply {
  const text = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    html`<title>${title}</title>`.markup,
    `<style>${pageStyle}</style>`,
    '</head>',
    `<body>${body.markup}`,
    script === undefined ? '' : `<script>${script}</script>`,
    '</body>',
    '</html>',
  ].join('\n');
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(script),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    },
    body: text,
  };
}

/**
 * `form-action` also governs where a form's answer may redirect to, and after Allow & Install that is the app's
 * redirect URL and whatever the app does next; hence every http and https address.
 */
function contentSecurityPolicy(script: string | undefined): string {
  return [
    "default-src 'none'",
    `style-src ${sourceHash(pageStyle)}`,
    `script-src ${script === undefined ? "'none'" : sourceHash(script)}`,
    "form-action 'self' http: https:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sourceHash(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}
