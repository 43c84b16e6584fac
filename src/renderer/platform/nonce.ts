/** The nonce under which this page may add styles, given by the host with the page. */
export const cspNonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
