import { AppError } from '../../../shared/model/app-error.ts';

/** True where a browser of this machine can be expected to come up. */
export function hasBrowser(env: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return true;
  return [env['DISPLAY'], env['WAYLAND_DISPLAY'], env['WSL_DISTRO_NAME']].some(
    (value) => value !== undefined && value !== '',
  );
}

/** Opens an http(s) address in the user's browser. Rejects with `bad_input`, or `unsupported` where there is none. */
export async function openExternal(url: string): Promise<void> {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    throw new AppError('bad_input', 'Only http and https addresses can be opened in the browser.');
  }
  const unsupported = (cause?: unknown) =>
    new AppError('unsupported', 'No browser can be opened from here.', {
      remedy: 'Open the address yourself.',
      cause,
    });
  if (!hasBrowser()) throw unsupported();
  const { default: open } = await import('open');
  try {
    const child = await open(parsed.href);
    child.on('error', () => {});
    child.unref();
  } catch (cause) {
    throw unsupported(cause);
  }
}
