import { Group, Panel, Separator } from 'react-resizable-panels';
import { Children, type ReactNode } from 'react';
import { useView, view } from '../lib/view-state.ts';

type SplitProps = {
  /** Under this name the sizes are kept. */
  readonly id: string;
  readonly sizes: readonly string[];
  readonly children: ReactNode;
  readonly orientation?: 'horizontal' | 'vertical';
};

/** Panes side by side (or above each other) that keep the sizes they were given. */
export function Split({ id, sizes, children, orientation = 'horizontal' }: SplitProps) {
  const kept = useView((state) => state.layouts[id]);
  const panes = Children.toArray(children);
  return (
    <Group
      id={id}
      orientation={orientation}
      {...(kept === undefined ? {} : { defaultLayout: kept })}
      onLayoutChanged={(layout, meta) => {
        if (meta.isUserInteraction) view.setLayout(id, layout);
      }}
    >
      {panes.flatMap((pane, index) => {
        const name = `${id}-${index}`;
        const panel = (
          <Panel
            key={name}
            id={name}
            minSize={orientation === 'horizontal' ? 220 : 120}
            defaultSize={sizes[index]}
          >
            {pane}
          </Panel>
        );
        if (index === 0) return [panel];
        return [<Separator key={`${name}-handle`} className="handle" aria-label="Resize panes" />, panel];
      })}
    </Group>
  );
}
