import { createHash } from 'node:crypto';

/** A source of ids and choices. The same seed and label always give the same sequence. */
export interface Random {
  bytes(length: number): Buffer;
  hex(length: number): string;
  /** An id as HighLevel writes them: 20 letters and digits. */
  id(): string;
  uuid(): string;
  /** At least 0 and below 1. */
  fraction(): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** Where the sequence stands, as plain data. */
  position(): RandomPosition;
  moveTo(position: RandomPosition): void;
  /** Begins the sequence of another seed. */
  restart(seed: string | number): void;
}

export interface RandomPosition {
  readonly seed: string | number;
  readonly label: string;
  readonly block: number;
  /** What is left of the last block, in base64. */
  readonly pool: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function createRandom(firstSeed: string | number, firstLabel: string): Random {
  let seed = firstSeed;
  let label = firstLabel;
  let block = 0;
  let pool = Buffer.alloc(0);

  function bytes(length: number): Buffer {
    while (pool.length < length) {
      const next = createHash('sha256').update(`${seed}\n${label}\n${block++}`).digest();
      pool = Buffer.concat([pool, next]);
    }
    const taken = pool.subarray(0, length);
    pool = pool.subarray(length);
    return taken;
  }

  function fraction(): number {
    return bytes(6).readUIntBE(0, 6) / 2 ** 48;
  }

  return {
    bytes,
    fraction,
    hex: (length) =>
      bytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length),
    id: () => Array.from(bytes(20), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join(''),
    uuid() {
      const raw = Buffer.from(bytes(16));
      raw.writeUInt8((raw.readUInt8(6) & 0x0f) | 0x40, 6);
      raw.writeUInt8((raw.readUInt8(8) & 0x3f) | 0x80, 8);
      return raw.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    pick: (choices) => choices[Math.floor(fraction() * choices.length)] ?? choices[0],
    position: () => ({ seed, label, block, pool: pool.toString('base64') }),
    moveTo(position) {
      ({ seed, label, block } = position);
      pool = Buffer.from(position.pool, 'base64');
    },
    restart(next) {
      seed = next;
      block = 0;
      pool = Buffer.alloc(0);
    },
  };
}
