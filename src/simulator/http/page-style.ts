/** The style of the simulator's pages, in the companion's tones, light or dark as the system asks. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#f5f6f8, #0f1216); --panel: light-dark(#ffffff, #14181d); --raised: light-dark(#f0f3f6, #1a1f26);
  --hover: light-dark(#f0f3f6, #1f252d); --selected: light-dark(#e3eefc, #1d2b3f);
  --border: light-dark(#e0e5ea, #262d36); --border-strong: light-dark(#8a95a1, #67737f);
  --text: light-dark(#1a2129, #e3e8ee); --muted: light-dark(#55606c, #9aa5b1);
  --accent: light-dark(#1664d9, #5aa2ff); --accent-text: light-dark(#ffffff, #08131f);
  --accent-hover: light-dark(#0f52b5, #7db6ff); --focus: light-dark(#1664d9, #8cc0ff);
  --ok: light-dark(#14794c, #4cc38a); --warn: light-dark(#8a5a00, #e2a93b); --bad: light-dark(#c0312b, #f2706b);
  --notice: light-dark(#fdf3dc, #2a2417);
  --shadow: light-dark(0 1px 2px rgb(20 30 45 / .06), 0 1px 2px rgb(0 0 0 / .3));
  --mono: 'JetBrains Mono', ui-monospace, 'DejaVu Sans Mono', monospace;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/1.5 Inter, 'Segoe UI', system-ui, sans-serif; }
h1 { margin: 0; font-size: 20px; line-height: 1.3; letter-spacing: -.01em; }
h2 { margin: 0 0 10px; font-size: 14px; }
p { margin: 0; }
code, .mono { font-family: var(--mono); font-size: .88em; overflow-wrap: anywhere; }
a { color: var(--accent); }
.muted { color: var(--muted); font-size: 13px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 32px; padding: 4px 12px;
  border: 1px solid var(--border-strong); border-radius: 6px; background: var(--panel); color: var(--text);
  font: inherit; font-size: 13px; text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { background: var(--hover); }
button.primary, .button.primary {
  min-height: 40px; padding: 8px 20px; border-color: transparent; background: var(--accent); color: var(--accent-text);
  font-size: 14px; font-weight: 600;
}
button.small, .button.small { min-height: 32px; padding: 4px 14px; font-size: 13px; }
button.primary:hover, .button.primary:hover { background: var(--accent-hover); }
.notice {
  display: flex; gap: 10px; align-items: baseline; justify-content: center; flex-wrap: wrap; padding: 8px 16px;
  border-bottom: 1px solid var(--border); background: var(--notice); font-size: 13px; text-align: center;
}
.notice strong {
  padding: 0 8px; border: 1px solid currentColor; border-radius: 99px; color: var(--warn); font-size: 12px;
}
.consent {
  width: min(620px, calc(100% - 32px)); margin: 32px auto; padding: 28px; border: 1px solid var(--border);
  border-radius: 12px; background: var(--panel); box-shadow: var(--shadow);
}
.app { display: flex; gap: 16px; align-items: center; margin-bottom: 20px; }
.app-icon, .avatar { display: grid; flex: none; place-items: center; font-weight: 600; }
.app-icon { width: 48px; height: 48px; border-radius: 12px; background: var(--accent); color: var(--accent-text); font-size: 18px; }
.avatar { width: 34px; height: 34px; border-radius: 8px; background: var(--raised); color: var(--muted); font-size: 12px; }
.problem { margin-bottom: 16px; padding: 10px 12px; border-left: 3px solid var(--bad); background: var(--raised); color: var(--bad); }
.search label, legend { display: block; margin-bottom: 6px; padding: 0; color: var(--muted); font-size: 12px; font-weight: 600; }
.search-row { display: flex; gap: 8px; }
input[type='search'] {
  flex: 1; min-width: 0; min-height: 36px; padding: 6px 12px; border: 1px solid var(--border-strong); border-radius: 6px;
  background: var(--bg); color: var(--text); font: inherit;
}
.accounts { margin: 18px 0 0; padding: 0; border: 0; min-width: 0; }
.account {
  display: flex; gap: 12px; align-items: center; padding: 9px 12px; border: 1px solid var(--border);
  margin-top: -1px; cursor: pointer;
}
.account:first-of-type { border-radius: 8px 8px 0 0; }
.account:last-of-type { border-radius: 0 0 8px 8px; }
.agency .account { border-radius: 8px; }
.account:hover { background: var(--hover); }
.account:has(:checked) { position: relative; border-color: var(--accent); background: var(--selected); }
.account:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 1px; }
.account-text { display: grid; min-width: 0; }
.account-name { font-weight: 600; }
input[type='radio'], input[type='checkbox'] { flex: none; width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
.approved { margin-top: 10px; padding: 12px 14px; border-radius: 8px; background: var(--raised); font-size: 13px; }
@supports selector(:has(a)) { .agency:not(:has([name='target']:checked)) .approved { display: none; } }
.approved [role='group'] { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 6px; margin: 8px 0 12px; }
.check { display: flex; gap: 8px; align-items: center; }
.consent section { margin-top: 24px; padding-top: 20px; border-top: 1px solid var(--border); }
.scopes { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 8px 20px; margin: 0; padding: 0; list-style: none; font-size: 13px; }
.scopes li { padding-left: 18px; background: linear-gradient(var(--ok), var(--ok)) 2px 8px / 6px 6px no-repeat; }
.scopes code { display: block; color: var(--muted); }
.actions {
  position: sticky; bottom: 0; display: flex; gap: 16px; align-items: center; justify-content: space-between; flex-wrap: wrap;
  margin: 24px -28px -28px; padding: 16px 28px; border-top: 1px solid var(--border); border-radius: 0 0 12px 12px;
  background: var(--panel);
}
.refusal { display: grid; gap: 12px; border-top: 3px solid var(--bad); }
.refusal p { overflow-wrap: anywhere; }
.control { width: min(1080px, calc(100% - 32px)); margin: 28px auto 48px; display: grid; gap: 20px; }
.control > header { display: flex; gap: 16px; align-items: center; justify-content: space-between; flex-wrap: wrap; }
.panel { border: 1px solid var(--border); border-radius: 10px; background: var(--panel); box-shadow: var(--shadow); min-width: 0; }
.panel > h2 { margin: 0; padding: 11px 16px; border-bottom: 1px solid var(--border); }
.panel > p { padding: 14px 16px; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 8px 20px; margin: 0; padding: 14px 16px; font-size: 13px; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); margin: 0; }
.counts div { padding: 12px 16px; }
.counts dt { color: var(--muted); font-size: 12px; }
.counts dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 6px 16px; border-bottom: 1px solid var(--border); text-align: left; white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
th { color: var(--muted); font-size: 12px; font-weight: 500; }
td form { margin: 0; }
td button { min-height: 26px; padding: 1px 10px; font-size: 12px; }
.delivered { color: var(--ok); } .failed { color: var(--bad); } .retrying { color: var(--warn); } .sending { color: var(--muted); }
summary { cursor: pointer; color: var(--accent); width: max-content; }
pre { margin: 6px 0 0; font: 12px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.row { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
.row form { display: flex; gap: 8px; align-items: center; margin: 0; }
.panel > .row, .panel > form { margin: 0; padding: 7px 16px; font-size: 13px; }
.panel > form:not(.row) { display: grid; gap: 8px; justify-items: start; }
.panel > form.row label { flex: 1 1 300px; }
.panel :is(select, textarea, input:not([type])) { font: 12px/1.5 var(--mono); padding: 3px 8px; border: 1px solid var(--border); border-radius: 6px; background: var(--panel); color: inherit; max-width: 100%; }
@media (min-width: 880px) {
  .consent:not(.refusal) { width: min(940px, calc(100% - 48px)); }
  .choice { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 28px; margin-top: 18px; }
  .choice .accounts:first-child { margin-top: 0; }
  .consent .grant { display: flex; flex-direction: column; margin: 0; padding: 0; border: 1px solid var(--border); border-radius: 8px; }
  .grant h2 { padding: 12px 16px 10px; margin: 0; border-bottom: 1px solid var(--border); }
  .grant .scopes { flex: 1 1 0; min-height: 300px; grid-template-columns: 1fr; align-content: start; padding: 14px 16px; overflow-y: auto; }
  .grant .actions { position: static; margin: 0; padding: 14px 16px; border-radius: 0 0 8px 8px; }
  .grant .actions button { width: 100%; }
}
@media (max-width: 560px) { .facts { grid-template-columns: 1fr; gap: 2px; } .facts dd { margin-bottom: 8px; } .consent { padding: 20px; } .actions { margin: 20px -20px -20px; padding: 14px 20px; } }
`;
