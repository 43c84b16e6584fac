import { Tabs as Base } from '@base-ui/react/tabs';
import { useLayoutEffect, useRef, type ReactNode } from 'react';

export type Tab = {
  readonly id: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: ReactNode;
};

type TabsProps = {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (id: string) => void;
};

/** Room beside the shown tab in px, so that a neighbour shows there is more. */
const edge = 32;

/** Where the tabs are wider than their pane, the shown one is in sight. */
function bringIntoSight(strip: HTMLElement): void {
  const tab = strip.querySelector('[aria-selected="true"]');
  if (tab === null) return;
  const { left, right } = tab.getBoundingClientRect();
  const bounds = strip.getBoundingClientRect();
  if (left < bounds.left + edge) strip.scrollLeft -= bounds.left + edge - left;
  else if (right > bounds.right - edge) strip.scrollLeft += right - bounds.right + edge;
}

export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const shown = tabs.some((tab) => tab.id === value) ? value : tabs[0]?.id;
  const list = useRef<HTMLDivElement>(null);
  const count = tabs.length;
  useLayoutEffect(() => {
    if (list.current !== null && shown !== undefined && count > 0) bringIntoSight(list.current);
  }, [shown, count]);
  return (
    <Base.Root
      className="tab-root"
      value={shown}
      onValueChange={(next) => {
        if (typeof next === 'string') onChange(next);
      }}
    >
      <Base.List className="tabs" aria-label={label} ref={list}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} className="tab">
            {tab.label}
            {tab.count !== undefined && <span className="count">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className="tab-panel">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
