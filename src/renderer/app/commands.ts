/** Everything the palette runs, made from what there is. */
import {
  AppWindow,
  Archive,
  BookOpenText,
  Braces,
  CodeXml,
  GitCompareArrows,
  History,
  Library,
  ListEnd,
  CirclePower,
  Copy,
  Download,
  ExternalLink,
  FileDown,
  FileUp,
  FolderOpen,
  FolderPlus,
  Save,
  Scale,
  Moon,
  Plus,
  RefreshCw,
  ShieldAlert,
  Reply,
  Stethoscope,
  Sun,
  SunMoon,
  SquareTerminal,
  Webhook,
  Zap,
  type LucideIcon,
} from 'lucide-react';
import { useMemo } from 'react';
import { useCollectionCommands } from '../features/collections/collection-commands.ts';
import { askCollections, showCollections } from '../features/collections/collection-overlay.ts';
import { save } from '../features/collections/save.ts';
import { modifier } from '../lib/shortcuts.ts';
import { switchAllOff, useRulesOn } from '../features/answers/use-answers.ts';
import { importDocument, showCatalogues } from '../features/catalogues/catalogues-overlay.ts';
import { listActions } from '../features/exchanges/list-actions.ts';
import { listCommands } from '../features/exchanges/list-commands.ts';
import { useValue } from '../lib/value.ts';
import { simulatorCommands } from '../features/simulator/simulator-commands.ts';
import { exchangeId } from '../../shared/model/ids.ts';
import { portalHost } from '../../shared/highlevel/hosts.ts';
import { showNotices } from '../features/notices/show-notices.ts';
import { runCommands } from '../features/runs/run-commands.ts';
import { requestsSide } from '../features/requests/requests-side.ts';
import { pasteCurl } from '../features/requests/paste-curl.tsx';
import { showCode } from '../features/requests/code-dialog.tsx';
import { copyAsCurl, openExport, openImport } from '../features/transfer/transfer-overlay.ts';
import { editEnvironments } from '../features/variables/use-environments.ts';
import { copyText } from '../lib/clipboard.ts';
import { go, useRoute } from '../lib/route.ts';
import {
  beginInstall,
  changeSettings,
  openOutside,
  run,
  setTheme,
  startSimulator,
} from '../platform/actions.ts';
import { rpc } from '../platform/connection.ts';
import { useActiveProfile, useAddresses, useProfiles, useStatus } from '../platform/queries.ts';
import { overlays } from './overlays.ts';
import { useExchangeCommands } from './exchange-commands.ts';
import { allScreens } from './screens.ts';

export type Command = {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  /** Further words it is found by. */
  readonly words?: string;
  readonly detail?: string;
  readonly keys?: string;
  readonly icon?: LucideIcon;
  readonly run: () => void;
};

const screenCommands: readonly Command[] = allScreens.map((entry) => ({
  id: `go-${entry.screen}`,
  group: 'Screens',
  name: entry.name,
  keys: entry.keys,
  icon: entry.icon,
  run: () => go(entry.screen),
}));

const themeCommands: readonly Command[] = [
  {
    id: 'theme-system',
    group: 'View',
    name: 'Theme: as the system',
    icon: SunMoon,
    run: () => run(() => setTheme('system')),
  },
  {
    id: 'theme-light',
    group: 'View',
    name: 'Theme: light',
    icon: Sun,
    run: () => run(() => setTheme('light')),
  },
  {
    id: 'theme-dark',
    group: 'View',
    name: 'Theme: dark',
    icon: Moon,
    run: () => run(() => setTheme('dark')),
  },
];

const exportAll: Command = {
  id: 'export',
  group: 'Actions',
  name: 'Export all exchanges…',
  words: 'har curl json ndjson fixture save download redact',
  icon: FileDown,
  run: () => openExport({ filter: {} }, 'all exchanges'),
};
const importFile: Command = {
  id: 'import',
  group: 'Actions',
  name: 'Import exchanges…',
  words: 'har json ndjson open file upload',
  icon: FileUp,
  run: () => openImport(),
};

const pasteCurlCommand: Command = {
  id: 'paste-curl',
  group: 'Actions',
  name: 'Paste cURL…',
  words: 'request fill form command',
  icon: SquareTerminal,
  run: pasteCurl,
};

const collectionCommands: readonly Command[] = [
  {
    id: 'collections',
    group: 'Actions',
    name: 'Saved requests',
    words: 'collections folders postman',
    icon: Library,
    run: showCollections,
  },
  {
    id: 'save-request',
    group: 'Actions',
    name: 'Save the request',
    words: 'collection keep',
    keys: `${modifier} S`,
    icon: Save,
    run: () => {
      go('requests');
      save();
    },
  },
  {
    id: 'new-collection',
    group: 'Actions',
    name: 'New collection…',
    icon: FolderPlus,
    run: () => askCollections({ kind: 'new' }),
  },
  {
    id: 'open-collection',
    group: 'Actions',
    name: 'Open the folder of a collection…',
    words: 'team git repository saved requests',
    icon: FolderOpen,
    run: () => askCollections({ kind: 'open' }),
  },
  {
    id: 'import-requests',
    group: 'Actions',
    name: 'Import requests…',
    words: 'postman har openapi curl collection',
    icon: FileUp,
    run: () => askCollections({ kind: 'import', file: null }),
  },
];

const catalogueCommands: readonly Command[] = [
  {
    id: 'catalogues',
    group: 'Actions',
    name: 'Catalogues of operations',
    words: 'openapi swagger import refresh update remove further own api',
    icon: BookOpenText,
    run: showCatalogues,
  },
  {
    id: 'import-openapi',
    group: 'Actions',
    name: 'Import an OpenAPI document…',
    words: 'swagger yaml json catalogue operations refresh difference',
    icon: FileUp,
    run: () => importDocument(),
  },
];

const showCodeCommand: Command = {
  id: 'code',
  group: 'Actions',
  name: 'Code for this request…',
  words: 'curl javascript node python php go java c# ruby powershell httpie sdk snippet generate',
  icon: CodeXml,
  run: showCode,
};

const noticesCommand: Command = {
  id: 'notices',
  group: 'Actions',
  name: 'Third-party notices',
  words: 'licences licenses open source packages about',
  icon: Scale,
  run: showNotices,
};

const showRuns: Command = {
  id: 'runs',
  group: 'Actions',
  name: 'Runs and rate limits',
  words: 'all pages pagination list export rows csv ndjson burst daily',
  icon: ListEnd,
  run: () => {
    requestsSide.set('runs');
    go('requests');
  },
};

const editVariables: Command = {
  id: 'environments',
  group: 'Actions',
  name: 'Environments and variables…',
  words: 'variable secret value staging production',
  icon: Braces,
  run: editEnvironments,
};

const addApp: Command = {
  id: 'add-app',
  group: 'Actions',
  name: 'Add app…',
  words: 'profile install link client id',
  icon: Plus,
  run: () => overlays.set({ kind: 'add-app' }),
};
const openPortal: Command = {
  id: 'portal',
  group: 'Actions',
  name: 'Open the developer portal',
  words: 'marketplace',
  icon: ExternalLink,
  run: () => run(() => openOutside(portalHost)),
};

const checkEverything: Command = {
  id: 'doctor',
  group: 'Actions',
  name: 'Check everything',
  words: 'doctor diagnosis health troubleshoot problem',
  icon: Stethoscope,
  run: () => go('settings', 'doctor'),
};

const keepRules: Command = {
  id: 'retention',
  group: 'Actions',
  name: 'Set how long exchanges are kept',
  words: 'retention delete age count size pins deleted',
  icon: Archive,
  run: () => go('settings', 'kept'),
};

const webhookCoverage: Command = {
  id: 'webhook-coverage',
  group: 'Actions',
  name: 'Which webhook events arrive',
  words: 'coverage subscribed silent never seen',
  icon: Webhook,
  run: () => go('webhooks', 'coverage'),
};

const triggerEvent: Command = {
  id: 'trigger-event',
  group: 'Actions',
  name: 'Trigger a webhook event',
  words: 'send fake sample test signed payload',
  keys: 'g w t',
  icon: Zap,
  run: () => go('webhooks', 'trigger'),
};
const tamperBench: Command = {
  id: 'tamper-bench',
  group: 'Actions',
  name: 'Tamper bench: test my endpoint',
  words: 'forged signature replay security check webhooks',
  icon: ShieldAlert,
  run: () => go('webhooks', 'tamper'),
};

const answerRules: Command = {
  id: 'answer-rules',
  group: 'Actions',
  name: 'Answer rules for webhooks',
  words: 'retries 429 500 status delay hang timeout reset',
  icon: Reply,
  run: () => go('webhooks', 'answers'),
};
const answerRulesOff: Command = {
  id: 'answer-rules-off',
  group: 'Actions',
  name: 'Switch all answer rules off',
  icon: CirclePower,
  run: switchAllOff,
};

const relationCommands: readonly Command[] = [
  {
    id: 'timeline',
    group: 'Actions',
    name: 'Timeline of an entity',
    words: 'contact opportunity sub-account location history touched',
    icon: History,
    run: () => go('timeline'),
  },
  {
    id: 'compare',
    group: 'Actions',
    name: 'Compare two exchanges',
    words: 'difference diff webhook call',
    icon: GitCompareArrows,
    run: () => go('compare'),
  },
];

const appParts: readonly Command[] = [
  { item: 'link', name: 'Check the install link', words: 'lint manage app' },
  { item: 'scopes', name: 'Choose scopes', words: 'manage app permissions' },
  { item: 'addresses', name: 'Edit routes', words: 'manage app addresses paths' },
  { item: 'sso', name: 'Decrypt a user context', words: 'manage app sso custom page shared secret' },
].map(({ item, name, words }) => ({
  id: `app-${item}`,
  group: 'Actions',
  name,
  words,
  icon: AppWindow,
  run: () => go('app', item),
}));

export function useCommands(): readonly Command[] {
  const profiles = useProfiles();
  const active = useActiveProfile();
  const addresses = useAddresses(active?.id);
  const status = useStatus();
  const route = useRoute();
  const item =
    route.screen === 'webhooks' || route.screen === 'exchanges' ? exchangeId.safeParse(route.item) : null;
  const shown = item?.success === true ? item.data : null;
  const rulesOn = useRulesOn() > 0;
  const ofExchange = useExchangeCommands();
  const saved = useCollectionCommands();
  const list = useValue(listActions);
  return useMemo(() => {
    const running = status?.simulator.status === 'running';
    const actions: Command[] = [
      running
        ? {
            id: 'simulator-stop',
            group: 'Actions',
            name: 'Stop simulator',
            icon: CirclePower,
            run: () => run(() => rpc.simulator.stop()),
          }
        : {
            id: 'simulator-start',
            group: 'Actions',
            name: 'Start simulator',
            icon: CirclePower,
            run: () => run(startSimulator),
          },
      ...(running ? simulatorCommands : []),
    ];
    if (active !== null && active !== undefined) {
      const installApp = (): void => {
        go('install');
        run(() => beginInstall(active.id));
      };
      actions.push({
        id: 'install',
        group: 'Actions',
        name: 'Install app',
        detail: active.name,
        icon: Download,
        run: installApp,
      });
      actions.push(webhookCoverage, triggerEvent, tamperBench, ...runCommands(active.id));
      for (const part of appParts) actions.push({ ...part, detail: active.name });
    }
    if (addresses !== undefined && addresses !== null)
      actions.push(
        {
          id: 'copy-redirect',
          group: 'Actions',
          name: 'Copy redirect URL',
          icon: Copy,
          detail: addresses.redirectUrl,
          run: () => void copyText(addresses.redirectUrl, 'Redirect URL'),
        },
        {
          id: 'copy-webhook',
          group: 'Actions',
          name: 'Copy webhook URL',
          icon: Copy,
          detail: addresses.webhookUrl,
          run: () => void copyText(addresses.webhookUrl, 'Webhook URL'),
        },
      );
    if (status !== undefined && status.tunnel.kind !== 'none')
      actions.push({
        id: 'self-test',
        group: 'Actions',
        name: 'Test the public address',
        icon: RefreshCw,
        run: () => {
          go('settings');
          run(() => rpc.tunnel.selfTest());
        },
      });
    if (shown !== null)
      actions.push({
        id: 'copy-curl',
        group: 'Actions',
        name: 'Copy as cURL',
        keys: 'Y',
        icon: SquareTerminal,
        run: () => run(() => copyAsCurl(shown)),
      });
    actions.push(exportAll, importFile, pasteCurlCommand, showCodeCommand, ...collectionCommands, showRuns);
    actions.push(editVariables, ...catalogueCommands);
    actions.push(answerRules, ...(rulesOn ? [answerRulesOff] : []));
    actions.push(addApp, openPortal, checkEverything, noticesCommand, ...relationCommands);
    const apps = (profiles ?? []).map((profile): Command => ({
      id: `profile-${profile.id}`,
      group: 'Apps',
      name: `Show ${profile.name}`,
      detail: profile.environment,
      icon: AppWindow,
      run: () => run(() => changeSettings({ activeProfile: profile.id })),
    }));
    return [
      ...ofExchange,
      ...screenCommands,
      ...listCommands(list),
      ...actions,
      keepRules,
      ...apps,
      ...saved,
      ...themeCommands,
    ];
  }, [profiles, active, addresses, status, rulesOn, shown, ofExchange, saved, list]);
}
