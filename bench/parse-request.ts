/** Requests as they stand on the wire. */
export type Received = { readonly head: string; readonly lines: readonly string[]; readonly body: Buffer };

/** The first whole request of these bytes; its body without chunk framing. */
export function parse(buffer: Buffer): { request: Received; rest: Buffer<ArrayBuffer> } | null {
  const end = buffer.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = buffer.subarray(0, end).toString('latin1');
  const lines = head.split('\r\n').slice(1);
  const start = end + 4;
  if (/^transfer-encoding:.*chunked/im.test(head)) {
    const parts: Buffer[] = [];
    let at = start;
    for (;;) {
      const line = buffer.indexOf('\r\n', at);
      if (line === -1) return null;
      const size = Number.parseInt(buffer.subarray(at, line).toString('latin1'), 16);
      const next = line + 2 + size + 2;
      if (buffer.length < next) return null;
      parts.push(buffer.subarray(line + 2, line + 2 + size));
      at = next;
      if (size === 0)
        return {
          request: { head, lines, body: Buffer.concat(parts) },
          rest: Buffer.from(buffer.subarray(at)),
        };
    }
  }
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (buffer.length < start + length) return null;
  return {
    request: { head, lines, body: Buffer.from(buffer.subarray(start, start + length)) },
    rest: Buffer.from(buffer.subarray(start + length)),
  };
}
