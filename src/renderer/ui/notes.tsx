import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { toProblem } from '../platform/problem.ts';
import { href } from '../lib/route.ts';

type NoteTone = 'ok' | 'warn' | 'bad' | 'info';
const icons: Readonly<Record<NoteTone, LucideIcon>> = {
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
  info: Info,
};

type NoteProps = {
  readonly tone: NoteTone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'alert' | 'status';
};

export function Note({ tone, children, action, role }: NoteProps) {
  const Icon = icons[tone];
  return (
    <div className={`note ${tone}`} role={role}>
      <Icon aria-hidden />
      <div>{children}</div>
      {action}
    </div>
  );
}

/** What happened, what to try, and the raw answer one click away. */
export function Failure({ error, action }: { readonly error: unknown; readonly action?: ReactNode }) {
  const problem = toProblem(error);
  return (
    <Note tone="bad" role="alert" action={action}>
      <b>{problem.message}</b>
      {problem.remedy !== null && <p className="muted">{problem.remedy}</p>}
      {problem.exchangeId !== null && (
        <a className="link" href={href('exchanges', problem.exchangeId)}>
          See the exchange
        </a>
      )}
    </Note>
  );
}
