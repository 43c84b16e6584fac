import { checkPrimeSync, createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Random } from '../world/random.ts';

const EXPONENT = 65537n;
const PRIME_BYTES = 128;
const SIEVE_LIMIT = 8192;
const WINDOW = 8192;

const SMALL_PRIMES = Array.from({ length: SIEVE_LIMIT }, (_, n) => n).filter((n) => {
  if (n < 3 || n % 2 === 0) return false;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
});

/**
 * A 2048-bit RSA key that depends on nothing but the random source, so that a companion that knows this
 * simulator's key still knows it after a restart. Good for a simulator only: whoever knows the seed has the key.
 */
export function createSeededRsaKey(random: Random): KeyObject {
  const p = nextPrime(random);
  const q = nextPrime(random);
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: base64url(p * q),
      e: base64url(EXPONENT),
      d: base64url(d),
      p: base64url(p),
      q: base64url(q),
      dp: base64url(d % (p - 1n)),
      dq: base64url(d % (q - 1n)),
      qi: base64url(inverse(q, p)),
    },
  });
}

function nextPrime(random: Random): bigint {
  for (;;) {
    const bytes = Buffer.from(random.bytes(PRIME_BYTES));
    // Both top bits set, so that the product of two such primes has all its 2048 bits.
    bytes.writeUInt8(bytes.readUInt8(0) | 0xc0, 0);
    bytes.writeUInt8(bytes.readUInt8(PRIME_BYTES - 1) | 1, PRIME_BYTES - 1);
    const start = BigInt(`0x${bytes.toString('hex')}`);
    const composite = sieve(start);
    for (let offset = 0; offset < WINDOW; offset += 2) {
      if (composite[offset] === 1) continue;
      const candidate = start + BigInt(offset);
      if (candidate % EXPONENT !== 1n && checkPrimeSync(candidate, { checks: 16 })) return candidate;
    }
  }
}

/** Marks each offset at which the number is divisible by a small prime. */
function sieve(start: bigint): Uint8Array {
  const composite = new Uint8Array(WINDOW);
  for (const prime of SMALL_PRIMES) {
    const remainder = Number(start % BigInt(prime));
    for (let offset = (prime - remainder) % prime; offset < WINDOW; offset += prime) composite[offset] = 1;
  }
  return composite;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [oldR, r] = [value % modulus, modulus];
  let [oldS, s] = [1n, 0n];
  while (r !== 0n) {
    const quotient = oldR / r;
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  return ((oldS % modulus) + modulus) % modulus;
}

function base64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}
