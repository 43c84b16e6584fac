/**
 * The bridge, and all of it: the page says it is ready, the main process sends one message port that carries the
 * contract, and the port is handed on. Nothing of Electron or Node reaches the page.
 */
import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('companion', { transport: 'message-port' });

window.addEventListener('message', (event) => {
  // Only the page itself may ask: same window, same origin, and the agreed word.
  if (event.source !== window || event.data?.type !== 'companion:ready') return;
  ipcRenderer.send('companion:connect');
});

ipcRenderer.on('companion:port', (event) => {
  window.postMessage({ type: 'companion:port' }, location.origin, event.ports);
});
