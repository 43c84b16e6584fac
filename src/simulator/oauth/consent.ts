import { requireOwnOrigin } from '../http/own-origin.ts';
import { pageReply } from '../http/html.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import { emptyReply, redirectReply } from '../http/messages.ts';
import { Refusal } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { consentPage, refusalPage } from './consent-page.ts';
import type { Consent } from './grants.ts';

/** What an install link asks for. */
export interface InstallRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseType: string;
  /** Absent where the link names none: then the app gets all of its own. */
  readonly scopes: readonly string[] | undefined;
  readonly state: string | undefined;
}

/** HighLevel has its white-label pages on a host of their own; here they have a path. */
const WHITE_LABEL = '/white-label';
const PATHS: readonly string[] = ['', WHITE_LABEL].flatMap((start) => [
  `${start}/v2/oauth/chooselocation`,
  `${start}/oauth/chooselocation`,
]);

/** The page on which a person picks a sub-account or the agency and lets the app in. */
export interface ConsentPages {
  owns(path: string): boolean;
  answer(request: Incoming): Reply;
}

export function createConsent(world: World): ConsentPages {
  function answer(request: Incoming): Reply {
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return show(request);
      case 'POST':
        return decide(request);
      case 'OPTIONS':
        return emptyReply(204, { allow: 'GET, POST, OPTIONS' });
      default:
        return emptyReply(405, { allow: 'GET, POST, OPTIONS' });
    }
  }

  function show(request: Incoming): Reply {
    const install = readInstallRequest(request.query);
    const problem = problemWith(install, request.path, world);
    if (problem !== undefined) return pageReply(refusalPage(problem));
    const search = request.query.get('q') ?? '';
    return pageReply(consentPage({ install, world, path: request.path, search }));
  }

  function decide(request: Incoming): Reply {
    requireOwnOrigin(request, world.url);
    const form = new URLSearchParams(request.body.toString('utf8'));
    const install = readInstallRequest(form);
    const problem = problemWith(install, request.path, world);
    if (problem !== undefined) return pageReply(refusalPage(problem));
    const scopes = install.scopes ?? world.app.scopes;
    if (!scopes.every((scope) => world.app.scopes.includes(scope))) {
      const unknown = scopes.filter((scope) => !world.app.scopes.includes(scope));
      return pageReply(
        refusalPage({
          message: 'This integration cannot be added, please contact the developer!',
          hint: `The install link asks for scopes that are not saved on the app: ${unknown.join(', ')}.`,
        }),
      );
    }
    const agreed = readConsent(form, scopes, world);
    if (typeof agreed === 'string') {
      const page = consentPage({ install, world, path: request.path, search: '', problem: agreed });
      return pageReply({ ...page, status: 422 });
    }
    const isWhiteLabel = request.path.startsWith(WHITE_LABEL);
    const consent: Consent = isWhiteLabel ? { ...agreed, isWhiteLabel } : agreed;
    const callback = new URL(install.redirectUri);
    callback.searchParams.set('code', world.grants.issueCode(consent, install.redirectUri));
    if (world.switches.echoState && install.state !== undefined)
      callback.searchParams.set('state', install.state);
    return redirectReply(302, callback.href);
  }

  return {
    owns: (path) => PATHS.includes(path),
    answer(request) {
      try {
        return answer(request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return pageReply({
          ...refusalPage({ message: String(error.body['message']) }),
          status: error.status,
        });
      }
    },
  };
}

function readInstallRequest(fields: URLSearchParams): InstallRequest {
  const scopes = fields
    .get('scope')
    ?.split(' ')
    .filter((scope) => scope !== '');
  return {
    clientId: fields.get('client_id') ?? '',
    redirectUri: fields.get('redirect_uri') ?? '',
    responseType: fields.get('response_type') ?? '',
    scopes: scopes?.length === 0 ? undefined : scopes,
    state: fields.get('state') ?? undefined,
  };
}

export interface InstallProblem {
  /** HighLevel's own words where it has some. */
  readonly message: string;
  readonly hint?: string;
}

function problemWith(install: InstallRequest, path: string, world: World): InstallProblem | undefined {
  const { app } = world;
  if (install.clientId !== app.clientId) {
    const appId = install.clientId.split('-')[0] ?? '';
    return {
      message: `No integration found with the ID: ${appId}`,
      hint: `This simulator knows one app, with the client id ${app.clientId}.`,
    };
  }
  const page = path.startsWith(WHITE_LABEL) ? 'white-label' : 'standard';
  if (app.listing !== 'both' && app.listing !== page) {
    return {
      message: `No integration found with the ID: ${app.appId}`,
      hint: `The app is listed for ${app.listing} pages alone, and this is a ${page} page.`,
    };
  }
  if (install.responseType !== 'code') {
    return {
      message: 'The install link must ask for a code.',
      hint: `It has response_type=${install.responseType || '(nothing)'} where response_type=code belongs.`,
    };
  }
  if (app.redirectUrls.includes(install.redirectUri) && URL.canParse(install.redirectUri)) return undefined;
  return {
    message: 'The redirect URL of this link is not registered on the app.',
    hint:
      `The link has ${install.redirectUri || 'none'}. It must be, byte for byte, one of: ` +
      `${app.redirectUrls.join(', ') || '(none registered)'}.`,
  };
}

/** What the form agreed to, or a sentence that says what is missing. */
function readConsent(form: URLSearchParams, scopes: readonly string[], world: World): Consent | string {
  const { company, locations, users } = world.directory;
  const shared = { companyId: company.id, scopes, userId: users[0].id };
  const target = form.get('target') ?? '';
  const { distribution } = world.app;
  if (target === `company:${company.id}`) {
    if (distribution === 'single') return 'This app is installed on one sub-account at a time: choose one.';
    if (distribution === 'agency') {
      return {
        ...shared,
        userType: 'Company',
        approvedLocations: [],
        approveAllLocations: false,
        installToFutureLocations: false,
        isBulk: false,
      };
    }
    const chosen = locations.filter((location) => form.getAll('approved').includes(location.id));
    if (chosen.length === 0) return 'Choose at least one sub-account for the agency to install the app on.';
    return {
      ...shared,
      userType: 'Company',
      approvedLocations: chosen.map((location) => location.id),
      approveAllLocations: chosen.length === locations.length,
      installToFutureLocations: form.get('future') === 'on',
    };
  }
  const location = locations.find((candidate) => target === `location:${candidate.id}`);
  if (location === undefined) return 'Choose a sub-account or the agency first.';
  if (distribution === 'agency' || distribution === 'agency-only')
    return 'This app is installed by the agency: choose the agency.';
  return {
    ...shared,
    userType: 'Location',
    locationId: location.id,
    approvedLocations: [],
    approveAllLocations: false,
    installToFutureLocations: false,
  };
}
