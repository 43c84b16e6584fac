/** One state of the public address, in the same words everywhere. */
import type { TunnelState } from '../../shared/model/system.ts';
import type { Tone } from '../lib/words.ts';

const names = { none: 'Local only', url: 'Own address', ngrok: 'ngrok' } as const;

export function addressWords(tunnel: TunnelState): { tone: Tone; word: string } {
  if (tunnel.kind === 'none') return { tone: 'faint', word: names.none };
  switch (tunnel.status) {
    case 'off':
      return { tone: 'faint', word: `${names[tunnel.kind]} off` };
    case 'starting':
      return { tone: 'info', word: `${names[tunnel.kind]} starting` };
    case 'online':
      return { tone: 'ok', word: `${names[tunnel.kind]} online` };
    case 'reconnecting':
      return { tone: 'warn', word: `${names[tunnel.kind]} reconnecting` };
    case 'failed':
      return { tone: 'bad', word: `${names[tunnel.kind]} failed` };
  }
}
