import { formatFault } from '../http/faults.ts';
import type { Markup, Page } from '../http/html.ts';
import { html } from '../http/html.ts';
import { simulatorNotice } from '../http/simulator-notice.ts';
import type { Delivery } from '../webhooks/webhooks.ts';
import type { World } from '../world/world.ts';
import { pageControls } from './page-controls.ts';
import { simulatorInfo, type SimulatorInfo } from './info.ts';

const SHOWN_DELIVERIES = 50;

/** What the simulator holds, at a glance, with the means to install, resend and start over. */
export function controlPage(world: World): Page {
  const { app, directory, installations } = world;
  const body = html`${simulatorNotice}
    <main class="control">
      <header>
        <div>
          <h1>HighLevel simulator</h1>
          <p class="muted">Listening on <code>${world.url}</code></p>
        </div>
        <div class="row">
          <a class="button" href="/">Refresh</a>
          <form method="post" action="/_simulator/reset"><button>Start over</button></form>
          ${installLink(simulatorInfo(world))}
        </div>
      </header>
      ${counts(world)}
      <section class="panel" aria-labelledby="app-title">
        <h2 id="app-title">${app.name}</h2>
        ${appFacts(world)}
      </section>
      <section class="panel" aria-labelledby="deliveries">
        <h2 id="deliveries">Recent deliveries</h2>
        ${deliveryTable(world)}
      </section>
      ${pageControls(world)}
      <section class="panel" aria-labelledby="accounts-title">
        <h2 id="accounts-title">Sub-accounts of ${directory.company.name}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Table of sub-accounts">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Location id</th>
                <th scope="col">Contacts</th>
                <th scope="col">App</th>
              </tr>
            </thead>
            <tbody>
              ${directory.locations.map((location) => {
                const installed = installations.location(location.id);
                return html`<tr>
                  <td>${location.name}</td>
                  <td><code>${location.id}</code></td>
                  <td>${world.contacts.inLocation(location.id).length}</td>
                  <td>
                    ${installed === undefined ? 'not installed' : html`<span class="delivered">installed</span> ${time(installed.installedAt)}`}
                  </td>
                </tr>`;
              })}
            </tbody>
          </table>
        </div>
      </section>
    </main>`;
  return { title: 'HighLevel simulator', body };
}

function installLink({ installUrl }: SimulatorInfo): Markup | null {
  return installUrl === null
    ? null
    : html`<a class="button primary small" href="${installUrl}">Install the app</a>`;
}

function counts(world: World): Markup {
  const { accessTokens } = world.grants.counts();
  const { contacts, notes, tasks } = world.contacts.counts();
  const facts: [string, number][] = [
    ['Installs', world.installations.list().length],
    ['Access tokens', accessTokens],
    ['Contacts', contacts],
    ['Notes', notes],
    ['Tasks', tasks],
    ['Deliveries', world.webhooks.deliveries().length],
  ];
  return html`<dl class="panel counts">
    ${facts.map(
      ([name, count]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${count}</dd>
        </div>`,
    )}
  </dl>`;
}

function appFacts(world: World): Markup {
  const info = simulatorInfo(world);
  const faults = world.faults.list();
  const facts: [string, Markup | string][] = [
    ['Client id', html`<code>${info.clientId}</code>`],
    [
      'Client secret',
      html`<details>
        <summary>Show</summary>
        <code>${info.clientSecret}</code>
      </details>`,
    ],
    ['Redirect URLs', html`${info.redirectUrls.map((url) => html`<div><code>${url}</code></div>`)}`],
    [
      'Webhook URL',
      info.webhookUrl === null ? 'none, so nothing is sent' : html`<code>${info.webhookUrl}</code>`,
    ],
    ['Scopes', html`<code>${info.scopes.join(' ')}</code>`],
    [
      'Signature keys',
      html`<details>
        <summary>Show</summary>
        <pre>${info.ed25519PublicKey}</pre>
        <pre>${info.rsaPublicKey}</pre>
      </details>`,
    ],
    ['Faults', faults.length === 0 ? 'none' : html`<code>${faults.map(formatFault).join('  ')}</code>`],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function deliveryTable(world: World): Markup {
  const deliveries = world.webhooks.deliveries().slice(0, SHOWN_DELIVERIES);
  if (deliveries.length === 0) {
    return html`<p class="muted">Webhooks appear here once the app has a webhook URL and is installed.</p>`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of recent deliveries">
    <table>
      <thead>
        <tr>
          <th scope="col">Sent</th>
          <th scope="col">Event</th>
          <th scope="col">Sub-account</th>
          <th scope="col">Outcome</th>
          <th scope="col">Attempts</th>
          <th scope="col">Webhook id</th>
          <th scope="col">Action</th>
        </tr>
      </thead>
      <tbody>
        ${deliveries.map((delivery) => deliveryRow(delivery, world))}
      </tbody>
    </table>
  </div>`;
}

function deliveryRow(delivery: Delivery, world: World): Markup {
  const account =
    delivery.locationId === null
      ? world.directory.company.name
      : (world.directory.location(delivery.locationId)?.name ?? delivery.locationId);
  return html`<tr>
    <td class="mono">${time(delivery.createdAt)}</td>
    <td>${delivery.type}</td>
    <td>${account}</td>
    <td><span class="${delivery.state}">${outcome(delivery)}</span></td>
    <td>${delivery.attempts.length}</td>
    <td><code>${delivery.webhookId}</code></td>
    <td>
      <form method="post" action="/_simulator/deliveries/${delivery.webhookId}/resend">
        <button aria-label="Resend ${delivery.type} ${delivery.webhookId}">Resend</button>
      </form>
    </td>
  </tr>`;
}

function outcome(delivery: Delivery): string {
  const last = delivery.attempts.at(-1);
  const answer = last === undefined ? '' : ` (${last.status ?? last.error})`;
  return delivery.nextAttemptAt === null
    ? `${delivery.state}${answer}`
    : `retrying at ${delivery.nextAttemptAt.slice(11, 19)} UTC${answer}`;
}

function time(iso: string): Markup {
  return html`<time datetime="${iso}">${iso.slice(11, 19)} UTC</time>`;
}
