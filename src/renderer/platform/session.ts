/**
 * The session token of the web host. The one-time code stands in the URL's fragment, which no server sees; it is
 * swapped for the token once and taken out of the address, so that a copied address opens nothing.
 */
import * as z from 'zod';

const key = 'companion.session';
const answer = z.object({ token: z.string().min(1) });

function takeCode(): string | null {
  const code = new URLSearchParams(location.hash.replace(/^#/, '')).get('code');
  if (code !== null) history.replaceState(null, '', location.pathname);
  return code;
}

/** The token of this window, or null when there is neither a usable code nor an earlier token. */
export async function openSession(): Promise<string | null> {
  const code = takeCode();
  if (code !== null) {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    }).catch(() => null);
    if (response?.ok === true) {
      const { token } = answer.parse(await response.json());
      sessionStorage.setItem(key, token);
    }
  }
  return sessionStorage.getItem(key);
}

export function closeSession(): void {
  sessionStorage.removeItem(key);
}
