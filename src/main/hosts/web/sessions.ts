import { randomBytes } from 'node:crypto';
import { isSameSecret } from '../node/same-secret.ts';

/** Codes that may be open at one time; the oldest lapse beyond that. */
const openCodes = 16;

const freshSecret = (): string => randomBytes(32).toString('base64url');

export type Sessions = {
  /** A code that can be swapped for the token of this run, once. */
  mintCode(): string;
  /** The token of this run, or null for a code that was never minted, has lapsed or has been used. */
  redeem(code: string): string | null;
  isToken(given: string): boolean;
};

/**
 * Who may use the web host: whoever was given a one-time code by the process itself. The code stands in an address
 * that a shell, a browser's history or a process list may keep; the token never does.
 */
export function createSessions(): Sessions {
  const token = freshSecret();
  let codes: readonly string[] = [];
  return {
    mintCode() {
      const code = freshSecret();
      codes = [...codes, code].slice(-openCodes);
      return code;
    },
    redeem(code) {
      // Every open code is compared, so that the time says nothing about which came close.
      const matches = codes.filter((open) => isSameSecret(code, open));
      codes = codes.filter((open) => !matches.includes(open));
      return matches.length === 0 ? null : token;
    },
    isToken: (given) => isSameSecret(given, token),
  };
}
