import { Menu as Base } from '@base-ui/react/menu';
import { Check, ChevronRight, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

type MenuProps = {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
};

export function Menu({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="menu-position">
          <Base.Popup className="menu">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type MenuItemProps = {
  readonly icon?: LucideIcon;
  readonly end?: ReactNode;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

export function MenuItem({ icon: Icon, end, onSelect, children }: MenuItemProps) {
  return (
    <Base.Item className="menu-item" onClick={onSelect}>
      {Icon && <Icon aria-hidden />}
      {children}
      {end !== undefined && <span className="end">{end}</span>}
    </Base.Item>
  );
}

type MenuCheckProps = {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
};

/** Stays open when ticked, so that several can be. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      closeOnClick={false}
    >
      <Check aria-hidden style={{ visibility: checked ? 'visible' : 'hidden' }} />
      {children}
    </Base.CheckboxItem>
  );
}

/** A menu that opens beside its name. */
export function SubMenu({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="menu-item">
        {name}
        <ChevronRight aria-hidden className="end" />
      </Base.SubmenuTrigger>
      <Base.Portal>
        <Base.Positioner sideOffset={2} alignOffset={-4} className="menu-position">
          <Base.Popup className="menu">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  );
}

export function MenuLine() {
  return <Base.Separator className="menu-line" />;
}
