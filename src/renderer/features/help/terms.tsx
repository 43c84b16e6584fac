import { termOf, type Term } from '../../../shared/highlevel/terms.ts';
import { href } from '../../lib/route.ts';

/** The terms a screen uses, each in a paragraph's first sentences. */
export function Terms({ keys }: { readonly keys: readonly string[] }) {
  const found = keys.map(termOf).filter((term): term is Term => term !== null);
  return (
    <dl className="terms">
      {found.map((term) => (
        <div key={term.key}>
          <dt>
            <a href={href('help', term.key)}>{term.title}</a>
          </dt>
          <dd>{term.text}</dd>
        </div>
      ))}
    </dl>
  );
}
