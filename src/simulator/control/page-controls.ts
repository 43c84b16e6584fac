import { formatFault } from '../http/faults.ts';
import type { Markup } from '../http/html.ts';
import { html } from '../http/html.ts';
import type { World } from '../world/world.ts';
import { switchList } from './app-routes.ts';

const HOUR_MS = 3_600_000;
const STEPS: readonly (readonly [name: string, ms: number])[] = [
  ['1 minute', 60_000],
  ['1 hour', HOUR_MS],
  ['1 day', 24 * HOUR_MS],
  ['3 days', 72 * HOUR_MS],
  ['1 year', 366 * 24 * HOUR_MS],
];

/** Forms for time, data, faults and switches; each posts to the control API and comes back. */
export function pageControls(world: World): Markup {
  return html`<section class="panel" aria-labelledby="clock">
      <h2 id="clock">Time and data</h2>
      <p class="muted">It is ${new Date(world.clock.now()).toUTCString()} here.</p>
      <div class="row">${STEPS.map(step)}</div>
      <div class="row">
        <form method="post" action="/_simulator/seed">
          <label>Seed <input name="seed" inputmode="numeric" pattern="[0-9]+" required value="1" /></label>
          <button name="size" value="small">Small data</button>
          <button name="size" value="large">100,000 contacts</button>
        </form>
        <form method="post" action="/_simulator/snapshots">
          <label>Snapshot <input name="name" required maxlength="60" /></label>
          <button>Keep</button>
        </form>
      </div>
      ${world.snapshots
        .list()
        .map(
          ({ name, at }) =>
            html`<form
              class="row"
              method="post"
              action="/_simulator/snapshots/${encodeURIComponent(name)}/restore"
            >
              <span>${name}, ${at}</span><button aria-label="Restore ${name}">Restore</button>
            </form>`,
        )}
    </section>
    <section class="panel" aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      <form method="post" action="/_simulator/faults">
        <label for="fault-lines">One a line: [METHOD ]PATH:KIND[:PROBABILITY][xCOUNT]</label>
        <textarea id="fault-lines" name="faults" rows="3" cols="60" placeholder="/oauth/token:500x1">
${world.faults.list().map(formatFault).join('\n')}</textarea>
        <button>Set faults</button>
      </form>
    </section>
    <section class="panel" aria-labelledby="switches">
      <h2 id="switches">Open questions</h2>
      ${switchList(world).map(switchForm)}
    </section>`;
}

function step([name, ms]: readonly [string, number]): Markup {
  return html`<form method="post" action="/_simulator/clock">
    <button name="advanceMs" value="${ms}" aria-label="Move ${name} ahead">+ ${name}</button>
  </form>`;
}

function switchForm({ name, text, choices, value }: ReturnType<typeof switchList>[number]): Markup {
  return html`<form class="row" method="post" action="/_simulator/switches">
    <label for="switch-${name}">${text}</label>
    ${
      choices === null
        ? html`<input id="switch-${name}" name="${name}" value="${String(value)}" inputmode="numeric" />`
        : html`<select id="switch-${name}" name="${name}">
            ${choices.map((choice) =>
              choice === String(value)
                ? html`<option selected>${choice}</option>`
                : html`<option>${choice}</option>`,
            )}
          </select>`
    }
    <button aria-label="Set: ${text}">Set</button>
  </form>`;
}
