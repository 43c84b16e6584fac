import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type Look = 'primary' | 'quiet' | 'danger' | 'quiet danger';

type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  readonly look?: Look | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly busy?: boolean | undefined;
  /** The key that does the same, shown where the action is. */
  readonly keys?: string | undefined;
  readonly submit?: boolean | undefined;
  readonly children?: ReactNode;
};

export function Button({
  look,
  icon: Icon,
  busy,
  keys,
  submit,
  children,
  className,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={submit === true ? 'submit' : 'button'}
      className={['btn', look, children === undefined ? 'icon' : '', className].filter(Boolean).join(' ')}
      disabled={disabled === true || busy === true}
      aria-busy={busy === true ? true : undefined}
      aria-keyshortcuts={keys}
    >
      {busy === true ? <LoaderCircle className="spin" aria-hidden /> : Icon && <Icon aria-hidden />}
      {children}
      {keys !== undefined && <kbd aria-hidden>{keys}</kbd>}
    </button>
  );
}
