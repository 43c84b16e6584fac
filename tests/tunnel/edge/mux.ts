import { Duplex } from 'node:stream';

/** muxado, the multiplexer below ngrok's protocol, from the edge's side. No handshake; all integers big-endian. */
const RST = 0;
const DATA = 1;
const WNDINC = 2;
const GOAWAY = 3;
const FIN = 1;
const SYN = 2;
const WINDOW = 256 * 1024;
const LARGEST_BODY = 16 * 1024;

export type Mux = {
  /** Opens a stream; the edge's ids are even. */
  open(): Duplex;
};

/** Speaks over `socket`; streams the agent opens are given to `onStream`. Ends with the socket. */
export function createMux(socket: Duplex, onStream: (stream: Duplex) => void): Mux {
  const streams = new Map<number, MuxStream>();
  let received = Buffer.alloc(0);
  let nextId = 2;

  function send(type: number, flags: number, id: number, body: Uint8Array): void {
    if (socket.destroyed) return;
    const head = Buffer.alloc(8);
    head.writeUIntBE(body.length, 0, 3);
    head[3] = (type << 4) | flags;
    head.writeUInt32BE(id, 4);
    socket.write(Buffer.concat([head, body]));
  }

  function begin(id: number, opened: boolean): MuxStream {
    const stream = new MuxStream(opened, (type, flags, body) => send(type, flags, id, body));
    streams.set(id, stream);
    stream.once('close', () => streams.delete(id));
    stream.on('error', () => undefined);
    return stream;
  }

  function frame(type: number, flags: number, id: number, body: Buffer): void {
    if (type === GOAWAY) return;
    let stream = streams.get(id);
    if (stream === undefined && type === DATA && (flags & SYN) !== 0) {
      stream = begin(id, true);
      onStream(stream);
    }
    if (type === DATA) stream?.arrived(body, (flags & FIN) !== 0);
    else if (type === WNDINC) stream?.credited(body.readUInt32BE(0));
    else if (type === RST) stream?.destroy();
  }

  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 8) {
      const length = received.readUIntBE(0, 3);
      if (received.length < 8 + length) return;
      const body = received.subarray(8, 8 + length);
      const kind = received.readUInt8(3);
      const id = received.readUInt32BE(4) & 0x7fff_ffff;
      received = received.subarray(8 + length);
      frame(kind >> 4, kind & 0xf, id, body);
    }
  });
  socket.on('close', () => {
    for (const stream of streams.values()) stream.destroy();
  });

  return {
    open() {
      const id = nextId;
      nextId += 2;
      return begin(id, false);
    },
  };
}

class MuxStream extends Duplex {
  /** SYN stands on the first frame of the side that opened the stream. */
  #opened: boolean;
  #credit = WINDOW;
  #waiting: (() => void) | null = null;
  readonly #send: (type: number, flags: number, body: Uint8Array) => void;

  constructor(opened: boolean, send: (type: number, flags: number, body: Uint8Array) => void) {
    super();
    this.#opened = opened;
    this.#send = send;
  }

  arrived(body: Buffer, last: boolean): void {
    if (body.length > 0) {
      this.push(body);
      const increment = Buffer.alloc(4);
      increment.writeUInt32BE(body.length);
      this.#send(WNDINC, 0, increment);
    }
    if (last) this.push(null);
  }

  credited(bytes: number): void {
    this.#credit += bytes;
    const resume = this.#waiting;
    this.#waiting = null;
    resume?.();
  }

  override _read(): void {
    // What arrives is pushed at once; tests move little.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (chunk.length === 0) {
      done();
      return;
    }
    const size = Math.min(chunk.length, this.#credit, LARGEST_BODY);
    const again = (): void => this._write(chunk.subarray(size), _encoding, done);
    if (size === 0) {
      this.#waiting = again;
      return;
    }
    this.#credit -= size;
    this.#frame(0, chunk.subarray(0, size));
    again();
  }

  override _final(done: () => void): void {
    this.#frame(FIN, Buffer.alloc(0));
    done();
  }

  #frame(flags: number, body: Uint8Array): void {
    this.#send(DATA, this.#opened ? flags : flags | SYN, body);
    this.#opened = true;
  }
}
