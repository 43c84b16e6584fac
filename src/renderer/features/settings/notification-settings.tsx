import { useMutation, useQuery } from '@tanstack/react-query';
import { BellRing, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { EventFacts } from '../../../shared/model/exchange.ts';
import { verdicts } from '../../../shared/model/exchange.ts';
import type {
  NotificationRule,
  NotificationSettings as Settings,
} from '../../../shared/model/notification.ts';
import { events } from '../../../shared/highlevel/events.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { verdictWords } from '../../lib/words.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient, useCapabilities, useProfiles } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { itemsOf, TextField } from '../../ui/text-field.tsx';
import { CheckField } from '../../ui/check-field.tsx';

type Verdict = EventFacts['signature']['verdict'];

/** A rule in words: "A webhook whose signature failed, at live apps". */
export function ruleWords(rule: NotificationRule, profiles: readonly Profile[]): string {
  const app =
    rule.profileId === null
      ? ''
      : `, of ${profiles.find(({ id }) => id === rule.profileId)?.name ?? `${rule.profileId} (removed)`}`;
  const where =
    rule.environment === null ? '' : rule.environment === 'live' ? ', at live apps' : ', in the simulator';
  const subject = {
    'forward-failed': () => 'A webhook that could not be passed on to your server',
    'token-dead': () => 'A token that died: only a new install helps',
    webhook: () => webhookWords(rule),
  }[rule.subject]();
  return subject + app + where;
}

const signatureWords: Readonly<Record<Verdict, string>> = {
  valid: 'holds',
  invalid: 'does not hold',
  unsigned: 'is missing',
  unverifiable: 'cannot be checked',
};

function webhookWords({ eventTypes, categories, verdicts: wanted }: NotificationRule): string {
  const what = [...eventTypes, ...categories.map((category) => `any of ${category}`)];
  const signature =
    wanted.length === 0 ? '' : ` whose signature ${wanted.map((each) => signatureWords[each]).join(' or ')}`;
  return `${what.length === 0 ? 'A webhook' : what.join(', ')}${signature}`;
}

function useSave() {
  return useMutation({
    mutationFn: (changes: Partial<Settings>) => rpc.notifications.set(changes),
    onSuccess: (settings) => queryClient.setQueryData(keys.notifications, settings),
  });
}

const categories = [...new Set(events.map(({ category }) => category))].filter((one) => one !== '');

function NewRule({
  rules,
  onClose,
}: {
  readonly rules: readonly NotificationRule[];
  readonly onClose: () => void;
}) {
  const profiles = useProfiles() ?? [];
  const [types, setTypes] = useState('');
  const [category, setCategory] = useState('');
  const [verdict, setVerdict] = useState<Verdict | ''>('');
  const [app, setApp] = useState('');
  const save = useSave();
  const submit = (): void => {
    const rule: NotificationRule = {
      id: crypto.randomUUID(),
      on: true,
      subject: 'webhook',
      profileId: profiles.find(({ id }) => id === app)?.id ?? null,
      environment: null,
      eventTypes: itemsOf(types),
      categories: category === '' ? [] : [category],
      verdicts: verdict === '' ? [] : [verdict],
    };
    save.mutate({ rules: [...rules, rule] }, { onSuccess: onClose });
  };
  return (
    <form
      className="stack"
      aria-label="New notification rule"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="two-fields">
        <TextField
          label="Events"
          value={types}
          onChange={setTypes}
          placeholder="any, or ContactCreate, INSTALL"
        />
        <SelectField
          label="Category"
          value={category}
          options={[{ value: '', label: 'Any' }, ...categories.map((value) => ({ value, label: value }))]}
          onChange={setCategory}
        />
        <SelectField
          label="Signature"
          value={verdict}
          options={[
            { value: '' as const, label: 'Any' },
            ...verdicts.map((value) => ({ value, label: verdictWords[value].word })),
          ]}
          onChange={setVerdict}
        />
        <SelectField
          label="App"
          value={app}
          options={[
            { value: '', label: 'Any app' },
            ...profiles.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={setApp}
        />
      </div>
      <div className="line">
        <Button look="primary" submit busy={save.isPending}>
          Add rule
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
      {save.error !== null && <Failure error={save.error} />}
    </form>
  );
}

/** In a browser the page must be let; on the desktop there is nothing to ask. */
function BrowserPermission() {
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  );
  if (permission === 'granted') return null;
  if (permission === 'denied')
    return (
      <Note tone="info">
        This browser does not let the page show notifications. They are said in the window while it is in
        view, counted in its title otherwise, and written to the log.
      </Note>
    );
  return (
    <Note
      tone="info"
      action={
        <Button
          icon={BellRing}
          onClick={() => run(async () => setPermission(await Notification.requestPermission()))}
        >
          Allow
        </Button>
      }
    >
      The browser has not been asked yet whether this page may show notifications.
    </Note>
  );
}

function Rules({ settings }: { readonly settings: Settings }) {
  const profiles = useProfiles() ?? [];
  const capabilities = useCapabilities();
  const [adding, setAdding] = useState(false);
  const save = useSave();
  const { rules } = settings;
  return (
    <div className="inside stack">
      <ul className="notification-rules" aria-label="Notification rules">
        {rules.map((rule) => (
          <li key={rule.id} className="line">
            <CheckField
              label={ruleWords(rule, profiles)}
              checked={rule.on}
              onChange={(on) =>
                save.mutate({ rules: rules.map((each) => (each.id === rule.id ? { ...each, on } : each)) })
              }
            />
            <span className="grow" />
            <Button
              look="quiet danger"
              icon={Trash2}
              aria-label={`Remove: ${ruleWords(rule, profiles)}`}
              onClick={() => save.mutate({ rules: rules.filter(({ id }) => id !== rule.id) })}
            />
          </li>
        ))}
        {rules.length === 0 && <li className="muted">Nothing is worth a notification.</li>}
      </ul>
      {adding ? (
        <NewRule rules={rules} onClose={() => setAdding(false)} />
      ) : (
        <div className="line">
          <Button icon={Plus} onClick={() => setAdding(true)}>
            Add rule
          </Button>
          <Button icon={BellRing} onClick={() => run(() => rpc.notifications.test())}>
            Try it
          </Button>
        </div>
      )}
      <CheckField
        label="Show how many came unseen on the icon and in the title"
        checked={settings.badge}
        onChange={(badge) => save.mutate({ badge })}
      />
      {capabilities?.notifications === false && <BrowserPermission />}
      {save.error !== null && <Failure error={save.error} />}
    </div>
  );
}

/** What is worth a desktop notification and a number on the icon. */
export function NotificationSettings() {
  const { data } = useQuery({ queryKey: keys.notifications, queryFn: () => rpc.notifications.settings() });
  if (data === undefined) return null;
  return (
    <section className="card" aria-label="Notifications">
      <header>
        <h2>Notifications</h2>
        <span className="faint small">what comes together is said together, every ten seconds at most</span>
      </header>
      <Rules settings={data} />
    </section>
  );
}
