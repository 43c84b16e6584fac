/** What the browser shows after a callback. Nothing of the callback's own text is repeated here. */
import { AppError, type AppErrorCode } from '../../../shared/model/app-error.ts';
import type { InstallProgress } from '../../../shared/model/token.ts';
import type { CallbackPage } from '../ingress/types.ts';

export type InstallFailure = NonNullable<InstallProgress['error']> & { readonly code: AppErrorCode };

export function installedPage(name: string, warnings: readonly string[]): CallbackPage {
  return {
    ok: true,
    status: 200,
    title: 'The app is installed',
    sentences: [`The companion holds the token of the ${name}.`, ...warnings],
  };
}

/** `app`: the name of the app it is for. */
export function confirmPage(app: string): CallbackPage {
  return {
    ok: true,
    status: 200,
    title: 'Confirm this install in the companion',
    sentences: [
      `This callback is for the app "${app}", but it carries no state and the companion did not begin an install: it ` +
        'may have been begun in the Marketplace, or by someone else.',
      'The companion asks for your confirmation in its window; the code is exchanged once you have given it.',
    ],
  };
}

export function failedPage(status: number, title: string, failure: InstallFailure): CallbackPage {
  const { message, remedy } = failure;
  return { ok: false, status, title, sentences: [message, ...(remedy === null ? [] : [remedy])] };
}

export const failures = {
  unknownState: {
    code: 'state_mismatch',
    message:
      'This callback was refused: its state is not one this companion has handed out since it was started.',
    remedy: 'Begin the install in the companion and complete it in the window it opens.',
  },
  cancelledState: {
    code: 'state_mismatch',
    message: 'This callback was refused: the install it belongs to was cancelled in the companion.',
    remedy: 'Begin the install again in the companion.',
  },
  usedState: {
    code: 'state_reused',
    message: 'This callback was refused: its state was used before. Each install link works once.',
    remedy: 'If the app is installed already there is nothing to do; otherwise begin the install again.',
  },
  usedCode: {
    code: 'state_reused',
    message: 'This callback was refused: its code was used before. Each code works once.',
    remedy: 'If the app is installed already there is nothing to do; otherwise begin the install again.',
  },
  noCode: {
    code: 'bad_input',
    message: 'This callback carries no code, so there is nothing to exchange for a token.',
    remedy: 'Begin the install in the companion and allow the app on the consent page.',
  },
  whose: {
    code: 'bad_input',
    message: 'This callback carries no state, and its address does not tell which of the apps it is for.',
    remedy: 'Give each app a callback path of its own, or begin the install in the companion.',
  },
  denied: {
    code: 'cancelled',
    message: 'The install was not allowed on the consent page.',
    remedy: 'Begin the install again and choose Allow & Install.',
  },
  consentError: {
    code: 'token_endpoint_refused',
    message: 'The consent page ended with an error instead of a code.',
    remedy:
      'The captured callback shows the error; check the scopes and the redirect URL of the app, then begin again.',
  },
  otherProfile: (app: string, asked: string): InstallFailure => ({
    code: 'state_mismatch',
    message: `This callback was refused: its state belongs to the install of "${app}", not of "${asked}".`,
    remedy: `Choose the app "${app}" first, then paste it there.`,
  }),
} as const satisfies Record<string, InstallFailure | ((...names: string[]) => InstallFailure)>;

export const noStateWarning =
  'The callback came without a state, as installs begun in the Marketplace do; it was accepted, but the companion ' +
  'cannot tell who began it.';

/** The state says whose install it is; the path it came to is another app's. */
export const otherPathWarning = (app: string, pathOf: string): string =>
  `The callback came to the path of "${pathOf}", but its state belongs to an install of "${app}"; it was exchanged for ` +
  `"${app}". Compare the redirect URLs of the two apps.`;

export const otherWaitingWarning = (app: string, waiting: string): string =>
  `The callback came to the path of "${app}", while the install of "${waiting}" is waiting; that one goes on waiting.`;

export const foreignStateWarning =
  'The pasted address carries a state that this companion did not hand out; it was accepted because it was given by hand.';

export function failureFrom(error: unknown): InstallFailure {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, remedy: error.remedy ?? null };
  }
  return {
    code: 'internal',
    message: 'Something failed inside the companion; the log says why.',
    remedy: 'Begin the install again.',
  };
}
