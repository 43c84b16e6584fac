import './triggers.css';
import { useMutation } from '@tanstack/react-query';
import { List, RefreshCw, Send, Webhook } from 'lucide-react';
import { useEffect, useState } from 'react';
import { eventOfType } from '../../../shared/highlevel/events.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TriggerRequest } from '../../../shared/model/trigger.ts';
import { href } from '../../lib/route.ts';
import { modifier, useShortcuts } from '../../lib/shortcuts.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { useActiveProfile } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { Split } from '../../ui/split.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { BodyEditor } from '../requests/body-editor.tsx';
import { Destination } from './destination.tsx';
import { EventList } from './event-list.tsx';
import { TriggerFields } from './trigger-fields.tsx';
import { TriggerResult } from './trigger-result.tsx';
import { change, fill, form, nextRequest } from './trigger-form.ts';
import type { TriggerForm } from './trigger-form.ts';

function useSend(profile: Profile) {
  return useMutation({
    mutationFn: async (again: TriggerRequest | null) => {
      const request = again ?? nextRequest(profile.id);
      return { request, exchange: await rpc.triggers.send(request) };
    },
    onSuccess: (sent) => change({ sent }),
  });
}

function EventFacts({ written }: { readonly written: TriggerForm }) {
  const event = eventOfType(written.event);
  return (
    <div className="line wrap">
      {event === null ? (
        <span className="tag">Conversation provider</span>
      ) : (
        <>
          <span className="tag">{event.category}</span>
          {event.scope !== null && <span className="tag mono">{event.scope}</span>}
        </>
      )}
      {written.draft?.namesItself === false && (
        <CheckField
          label="With its type: HighLevel’s documented body does not name this event"
          checked={written.withType}
          onChange={(withType) => {
            if (written.profileId !== null) void fill(written.profileId, { ...written, withType });
          }}
        />
      )}
    </div>
  );
}

type SendFormProps = {
  readonly profile: Profile;
  readonly written: TriggerForm;
};

function SendForm({ profile, written }: SendFormProps) {
  const [tab, setTab] = useState('fields');
  const send = useSend(profile);
  const sendNow = (): void => {
    if (!send.isPending) send.mutate(null);
  };
  useShortcuts({ 'mod+Enter': sendNow });
  const { sent } = written;
  return (
    <section className="pane" aria-label="Webhook">
      <header className="bar">
        <h2 className="mono strong">{written.event}</h2>
        <span className="grow" />
        <Button
          look="quiet"
          icon={RefreshCw}
          title="Fills every field anew; what was written here is gone"
          onClick={() => void fill(profile.id, written)}
        >
          Fill anew
        </Button>
        <a className="btn quiet" href={href('webhooks')}>
          <List aria-hidden />
          Deliveries
        </a>
      </header>
      <div className="trigger-head">
        <EventFacts written={written} />
        <Destination profile={profile} written={written} />
      </div>
      {written.failure !== null && <Failure error={written.failure} />}
      <Tabs
        label="Body"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'fields',
            label: 'Fields',
            content: (
              <div className="scroll">
                {written.draft === null && written.text === '' ? (
                  <p className="quiet-line">{written.failure === null ? 'Filling the fields…' : ''}</p>
                ) : (
                  <TriggerFields {...written} onEditJson={() => setTab('json')} />
                )}
              </div>
            ),
          },
          {
            id: 'json',
            label: 'JSON',
            content: (
              <BodyEditor
                label="Webhook body"
                value={written.text}
                onChange={(text) => change({ text })}
                onSend={sendNow}
              />
            ),
          },
        ]}
      />
      <footer className="trigger-foot">
        {send.error !== null &&
          (send.error.constructor === Error ? (
            <Note tone="bad" role="alert">
              {send.error.message}
            </Note>
          ) : (
            <Failure error={send.error} />
          ))}
        {sent !== null && send.error === null && (
          <TriggerResult
            exchange={sent.exchange}
            busy={send.isPending}
            onAgain={() => send.mutate(sent.request)}
          />
        )}
        <div className="line wrap">
          <Button
            look="primary"
            icon={Send}
            busy={send.isPending}
            onClick={sendNow}
            title={`Sign and send (${modifier}+Enter)`}
          >
            Sign and send
          </Button>
          <CheckField
            label="As written, byte for byte"
            checked={written.exact}
            onChange={(exact) => change({ exact })}
          />
          <span className="faint small">
            {written.exact
              ? 'Line breaks and blanks are sent too.'
              : 'Sent as HighLevel writes JSON: on one line, with a webhookId not used before.'}
          </span>
        </div>
      </footer>
    </section>
  );
}

function Workbench({ profile }: { readonly profile: Profile }) {
  const written = useValue(form);
  useEffect(() => {
    const { profileId, draft } = form.get();
    if (profileId !== profile.id || draft === null) void fill(profile.id, form.get());
  }, [profile.id]);
  return (
    <Split id="trigger-panes" sizes={['26', '74']}>
      <section className="pane" aria-label="Events to trigger">
        <header className="bar">
          <h1>Trigger an event</h1>
          <span className="tag clip">{profile.name}</span>
        </header>
        <EventList
          selected={written.event}
          onSelect={(event) => void fill(profile.id, { event, withType: false })}
        />
      </section>
      <SendForm profile={profile} written={written} />
    </Split>
  );
}

/** Any documented webhook, filled in, signed with the development key, and sent. */
export function TriggerScreen() {
  const profile = useActiveProfile();
  if (profile === undefined) return null;
  if (profile === null)
    return (
      <div className="page">
        <h1 className="unseen">Trigger an event</h1>
        <Empty
          icon={Webhook}
          title="No app to trigger an event for yet"
          actions={
            <a className="btn primary" href={href('home')}>
              Add an app
            </a>
          }
        >
          Once there is an app, the simulator’s included, each of the 72 documented webhooks can be sent from
          here, signed, to the companion or to your own server.
        </Empty>
      </div>
    );
  return <Workbench key={profile.id} profile={profile} />;
}
