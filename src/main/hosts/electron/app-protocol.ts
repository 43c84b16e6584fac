import { randomBytes } from 'node:crypto';
import type { Session } from 'electron';
import { securityHeaders } from '../web/headers.ts';
import { createPageFiles } from '../web/page-files.ts';
import { appScheme, isOwnPage } from './policy.ts';

/**
 * Serves the built window under `app://companion/`: the same allow-listed files and the same policy header as in the
 * browser, on the window's own session.
 */
export function servePages(session: Session, folder: string): void {
  const files = createPageFiles(folder);
  session.protocol.handle(appScheme, async (request) => {
    const refuse = (status: number): Response =>
      new Response(null, { status, headers: securityHeaders(null) });
    if (!isOwnPage(request.url)) return refuse(403);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const { pathname } = new URL(request.url);
    if (pathname === '/' || pathname === '/index.html') {
      const nonce = randomBytes(16).toString('base64');
      const page = files.page(nonce);
      if (page === null) return refuse(503);
      return new Response(page, {
        headers: {
          ...securityHeaders(null, nonce),
          'Content-Type': 'text/html; charset=utf-8',
          'Cache-Control': 'no-store',
        },
      });
    }
    const file = files.file(pathname);
    if (file === null) return refuse(404);
    return new Response(new Uint8Array(await file.read()), {
      headers: {
        ...securityHeaders(null),
        'Content-Type': file.contentType,
        'Cache-Control': file.cacheControl,
      },
    });
  });
}
