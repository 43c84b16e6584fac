import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type EmptyProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What will appear here. */
  readonly children: ReactNode;
  /** The buttons that make it appear. */
  readonly actions?: ReactNode;
};

export function Empty({ icon: Icon, title, children, actions }: EmptyProps) {
  return (
    <div className="empty">
      <Icon aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {actions !== undefined && <div className="line wrap">{actions}</div>}
    </div>
  );
}
