import { CopyField } from '../ui/copy-field.tsx';

export function NoSession() {
  return (
    <main className="lonely">
      <div className="box">
        <span className="brand">
          <i aria-hidden />
          HighLevel Companion
        </span>
        <h1 className="page-title">This window needs a link</h1>
        <p className="muted">
          The companion opens only through a link with a one-time code, so that no other page on this machine
          can reach your tokens. This window has no code, or its session has ended. Ask for a new link in a
          terminal and open what it prints.
        </p>
        <CopyField text="npx hlc status" what="command" />
      </div>
    </main>
  );
}
