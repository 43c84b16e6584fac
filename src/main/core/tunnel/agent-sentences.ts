import type { AgentFailure, AgentLoss } from './agent/protocol.ts';

/** One sentence for the user, and whether another attempt can help without the user doing anything. */
export type AgentVerdict = { readonly sentence: string; readonly retry: boolean };

const dashboard = 'https://dashboard.ngrok.com';

/** ngrok docs: error codes. */
const byCode: Readonly<Record<string, AgentVerdict>> = {
  ERR_NGROK_105: final(`ngrok does not accept this authtoken; copy it again from ${dashboard}.`),
  ERR_NGROK_107: final(
    `ngrok does not accept this authtoken any more: it was reset or revoked; copy the present one from ${dashboard}.`,
  ),
  ERR_NGROK_108: again('The ngrok account has as many agents connected as its plan allows; end another one.'),
  ERR_NGROK_121: final(
    "This version of the ngrok agent is too old for the account's plan; update the companion.",
  ),
  ERR_NGROK_319: final(
    `The ngrok domain is not reserved on this account; reserve it at ${dashboard}, or leave the domain empty.`,
  ),
  ERR_NGROK_320: final(
    'The ngrok domain belongs to another account; choose one of your own, or leave the domain empty.',
  ),
  ERR_NGROK_324: again('The ngrok account has as many endpoints online as its plan allows; end another one.'),
  ERR_NGROK_334: again(
    'The ngrok address is already online in another agent; end that one, or choose another domain.',
  ),
  ERR_NGROK_4018: final(`ngrok asks for an authtoken; copy yours from ${dashboard}.`),
};

/** The agent gives the cause of these in its text alone. */
const byText: readonly (readonly [RegExp, AgentVerdict])[] = [
  [
    /failed to establish tcp connection/,
    again(
      'ngrok cannot be reached: the connection to its edge was refused, has no route, or its name cannot be resolved.',
    ),
  ],
  [
    /tls handshake error/,
    again(
      'ngrok cannot be reached safely: what answered has no certificate of ngrok; a proxy or firewall may stand in between.',
    ),
  ],
  [/failed to deserialize rpc response/, again('ngrok ended the connection before it was set up.')],
  [/invalid server address/, final("The address of ngrok's edge cannot be used.")],
];

/** @param text for what is not known here: already free of secrets. */
export function describeFailure({ phase, code, text, sentence }: AgentFailure): AgentVerdict {
  if (sentence !== undefined) return again(sentence);
  if (phase === 'load') {
    return final(
      `The ngrok agent cannot be loaded on this system (${process.platform} ${process.arch}); install the companion's packages again, or use an address you already have.`,
    );
  }
  const known = code === null ? undefined : byCode[code];
  if (known !== undefined) return known;
  if (code !== null)
    return again(`ngrok refused the ${phase === 'bind' ? 'address' : 'connection'} (${code}).`);
  const found = byText.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? again('The ngrok agent failed for a reason it does not give.');
}

export function describeLoss({ reason, code }: AgentLoss): AgentVerdict {
  const known = code === null ? undefined : byCode[code];
  if (known !== undefined) return known;
  switch (reason) {
    case 'heartbeat':
      return again('The connection to ngrok went silent.');
    case 'disconnected':
      return again('The connection to ngrok was lost.');
    case 'closed':
      return again(`ngrok closed the address${code === null ? '' : ` (${code})`}.`);
  }
}

function final(sentence: string): AgentVerdict {
  return { sentence, retry: false };
}

function again(sentence: string): AgentVerdict {
  return { sentence, retry: true };
}
