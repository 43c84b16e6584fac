import { href, useRoute } from '../lib/route.ts';
import { useStatus } from '../platform/queries.ts';
import { endScreens, mainScreens, type ScreenEntry } from './screens.ts';

type NavigationItemProps = {
  readonly entry: ScreenEntry;
  readonly current: boolean;
  readonly count?: string | undefined;
  readonly tone?: string | undefined;
};

function NavigationItem({ entry, current, count, tone }: NavigationItemProps) {
  const Icon = entry.icon;
  return (
    <div className="item">
      <a
        href={href(entry.screen)}
        aria-current={current ? 'page' : undefined}
        title={`${entry.name} (${entry.keys})`}
      >
        <Icon aria-hidden />
        <span>{entry.name}</span>
      </a>
      {count !== undefined && <b className={tone}>{count}</b>}
    </div>
  );
}

const simulatorWords = { off: 'off', starting: '…', running: 'on', failed: 'failed' } as const;

export function Navigation() {
  const { screen } = useRoute();
  const status = useStatus();
  const count = (value: number | undefined): string | undefined =>
    value === undefined || value === 0 ? undefined : value.toLocaleString('en');
  const counts: Readonly<Record<string, string | undefined>> = {
    tokens: count(status?.counts.tokens),
    webhooks: count(status?.counts.webhooks),
  };
  const simulator = status?.simulator.status ?? 'off';
  const tones = { off: undefined, starting: 'info', running: 'ok', failed: 'bad' } as const;
  return (
    <nav className="navigation" aria-label="Screens">
      {mainScreens.map((entry) => (
        <NavigationItem
          key={entry.screen}
          entry={entry}
          current={screen === entry.screen}
          count={counts[entry.screen]}
        />
      ))}
      <span className="grow" />
      {endScreens.map((entry) => (
        <NavigationItem
          key={entry.screen}
          entry={entry}
          current={screen === entry.screen}
          {...(entry.screen === 'simulator'
            ? { count: simulatorWords[simulator], tone: tones[simulator] }
            : {})}
        />
      ))}
    </nav>
  );
}
