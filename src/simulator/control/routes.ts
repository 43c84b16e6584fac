import type { Incoming, Reply } from '../http/messages.ts';

/** Answers a call of the control API; `id` is the path's third part, or empty. */
export type ControlHandler = (request: Incoming, id: string) => Reply | Promise<Reply>;

/** By method and path: `GET deliveries`, `POST deliveries {id} resend`. */
export type ControlRoutes = Readonly<Record<string, ControlHandler>>;

/** The name under which a request's handler is listed. */
export function routeName({ method, path }: Incoming): { name: string; id: string } {
  const [, , area = '', id, action] = path.split('/');
  const verb = method === 'HEAD' ? 'GET' : method;
  const parts = [
    verb,
    area,
    ...(id === undefined ? [] : ['{id}']),
    ...(action === undefined ? [] : [action]),
  ];
  return { name: parts.filter((part) => part !== '').join(' '), id: decoded(id ?? '') };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
