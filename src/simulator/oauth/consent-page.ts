import type { Markup, Page } from '../http/html.ts';
import { html } from '../http/html.ts';
import type { Location } from '../world/directory.ts';
import type { World } from '../world/world.ts';
import { simulatorNotice } from '../http/simulator-notice.ts';
import type { InstallProblem, InstallRequest } from './consent.ts';
import { SCOPE_LABELS } from './scope-labels.ts';

interface ConsentPage {
  readonly install: InstallRequest;
  readonly world: World;
  /** Where the forms go: the path the link used. */
  readonly path: string;
  /** Shows only the accounts that contain this. */
  readonly search: string;
  readonly problem?: string;
}

export function consentPage({ install, world, path, search, problem }: ConsentPage): Page {
  const { app, directory } = world;
  const { company } = directory;
  const wanted = search.trim().toLowerCase();
  const { distribution } = app;
  const isForLocations = distribution === 'bulk' || distribution === 'single';
  const locations = directory.locations.filter(
    (location) => isForLocations && describe(location).toLowerCase().includes(wanted),
  );
  const agencyShown = distribution !== 'single' && `${company.name} agency`.toLowerCase().includes(wanted);
  const title = `Select a location to install ${app.name}`;
  const body = html`${simulatorNotice}
    <main class="consent">
      <header class="app">
        <span class="app-icon" aria-hidden="true">${initials(app.name)}</span>
        <div>
          <h1>${title}</h1>
          <p class="muted">Signed in to ${company.name} as ${directory.users[0].email}</p>
        </div>
      </header>
      ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
      <form method="get" action="${path}" role="search" class="search">
        ${hiddenFields(install)}
        <label for="q">Search sub-accounts</label>
        <div class="search-row">
          <input
            id="q"
            name="q"
            type="search"
            value="${search}"
            placeholder="Name or city"
            autocomplete="off"
          />
          <button class="quiet">Search</button>
        </div>
      </form>
      <form method="post" action="${path}">
        ${hiddenFields(install)}
        <div class="choice">
          <div>
            ${
              isForLocations &&
              html`<fieldset class="accounts">
                <legend>Sub-accounts</legend>
                ${locations.map((location) => choice(`location:${location.id}`, location.name, place(location)))}
                ${!agencyShown && locations.length === 0 && noAccount(search)}
                <p class="none muted" hidden>No account matches.</p>
              </fieldset>`
            }
            ${agencyShown && agencyChoice(world)}
          </div>
          <section class="grant" aria-labelledby="scopes-title">
            <h2 id="scopes-title">${app.name} will be able to</h2>
            <ul class="scopes" tabindex="0" aria-labelledby="scopes-title">
              ${(install.scopes ?? app.scopes).map(scopeItem)}
            </ul>
            <footer class="actions">
              <p class="muted">You will be sent back to <code>${new URL(install.redirectUri).host}</code></p>
              <button class="primary">Allow &amp; Install</button>
            </footer>
          </section>
        </div>
      </form>
    </main>`;
  return { title, body, script: filterScript };
}

function hiddenFields(install: InstallRequest): Markup[] {
  const fields: [string, string | undefined][] = [
    ['response_type', install.responseType],
    ['client_id', install.clientId],
    ['redirect_uri', install.redirectUri],
    ['scope', install.scopes?.join(' ')],
    ['state', install.state],
  ];
  return fields.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`],
  );
}

function choice(value: string, name: string, detail: string): Markup {
  return html`<label class="account" data-words="${`${name} ${detail}`.toLowerCase()}">
    <input type="radio" name="target" value="${value}" required />
    <span class="avatar" aria-hidden="true">${initials(name)}</span>
    <span class="account-text"
      ><span class="account-name">${name}</span><span class="muted">${detail}</span></span
    >
  </label>`;
}

function noAccount(search: string): Markup {
  return html`<p class="muted">No account matches “${search}”. Search for nothing to see all of them.</p>`;
}

function agencyChoice({ app, directory }: World): Markup {
  const { company, locations } = directory;
  if (app.distribution === 'agency') {
    return html`<fieldset class="accounts agency">
      <legend>Agency</legend>
      ${choice(`company:${company.id}`, company.name, 'Agency: the app works for the agency itself')}
    </fieldset>`;
  }
  return html`<fieldset class="accounts agency">
    <legend>Agency</legend>
    ${choice(`company:${company.id}`, company.name, 'Agency: install on several sub-accounts at once')}
    <div class="approved">
      <p id="approved-title">The agency installs the app on</p>
      <div role="group" aria-labelledby="approved-title">
        ${locations.map(
          (location) =>
            html`<label class="check"
              ><input type="checkbox" name="approved" value="${location.id}" checked />
              ${location.name}</label
            >`,
        )}
      </div>
      <label class="check future"
        ><input type="checkbox" name="future" /> Also on sub-accounts added later</label
      >
    </div>
  </fieldset>`;
}

function scopeItem(scope: string): Markup {
  const label = SCOPE_LABELS[scope];
  return html`<li>${label !== undefined && html`<span>${label}</span> `}<code>${scope}</code></li>`;
}

/** A refused install ends here: HighLevel sends nobody back to the app with an error. */
export function refusalPage({ message, hint }: InstallProblem): Page {
  const body = html`${simulatorNotice}
    <main class="consent refusal">
      <h1>${message}</h1>
      ${hint !== undefined && html`<p>${hint}</p>`}
      <p class="muted">
        Nothing was installed, and the app is not told. Correct the install link and open it again.
      </p>
    </main>`;
  return { title: message, body, status: 400 };
}

function describe(location: Location): string {
  return `${location.name} ${place(location)}`;
}

function place(location: Location): string {
  return `${location.address}, ${location.city}, ${location.state}`;
}

function initials(name: string): string {
  const letters = name.split(' ').map((word) => word.charAt(0));
  return letters.slice(0, 2).join('');
}

/** Filters while typing; without it the search form does the same with a page load. */
const filterScript = `
const box = document.getElementById('q');
const rows = [...document.querySelectorAll('.account')];
const none = document.querySelector('.none');
box.addEventListener('input', () => {
  const text = box.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.dataset.words.includes(text) && !row.querySelector('input').checked;
  if (none) none.hidden = rows.some((row) => !row.hidden);
});
`;
