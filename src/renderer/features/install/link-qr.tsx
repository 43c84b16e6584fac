import { generate } from 'lean-qr';
import { useMemo } from 'react';

type Squares = { readonly size: number; readonly path: string };

/** Null where the link is longer than a QR code holds (2,953 bytes). */
function squaresOf(link: string): Squares | null {
  try {
    const code = generate(link);
    const path: string[] = [];
    for (let y = 0; y < code.size; y += 1)
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path.push(`M${x} ${y}h1v1h-1z`);
    return { size: code.size, path: path.join('') };
  } catch {
    // Said in place of the drawing.
    return null;
  }
}

/** Light cells around it, which readers need to find it. */
const quiet = 4;

/** The link for the camera of another device. */
export function LinkQr({ link }: { readonly link: string }) {
  const squares = useMemo(() => squaresOf(link), [link]);
  if (squares === null)
    return <p className="muted">This link is longer than a QR code can hold; copy it instead.</p>;
  const side = squares.size + 2 * quiet;
  return (
    <figure className="link-qr">
      <svg
        role="img"
        aria-label="QR code of the install link"
        width={220}
        height={220}
        viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
        shapeRendering="crispEdges"
      >
        <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
        <path d={squares.path} fill="#000" />
      </svg>
      <figcaption className="hint">
        For a browser on another device. The way back must be reachable from there: a public address, or paste
        the address it ends on.
      </figcaption>
    </figure>
  );
}
