import { html } from './html.ts';

/** Stands on top of every page, so that nobody takes it for HighLevel's. */
export const simulatorNotice = html`<aside class="notice" aria-label="About this page">
  <strong>Simulator</strong>
  <span
    >This page plays HighLevel on your own computer. Accounts and data are made up, and nothing leaves this
    machine.</span
  >
</aside>`;
