import { z } from 'zod';
import type { Call, Operation } from '../api/operation.ts';
import type { World } from '../world/world.ts';
import { serve } from './serve.ts';

const body = z.looseObject({ followers: z.array(z.string()) });

interface Followed {
  readonly followers: readonly string[];
  readonly keep: (followers: readonly string[]) => void;
}

/** Adding and removing the users who follow a record. */
export function changeFollowers(
  path: string,
  find: (call: Call, world: World) => Followed,
): readonly Operation[] {
  return [
    serve(`POST ${path}`, { body }, (call, world) => {
      const { followers: before, keep } = find(call, world);
      const followersAdded = call.body.followers.filter((id) => !before.includes(id));
      const followers = [...before, ...followersAdded];
      keep(followers);
      return { followers, followersAdded };
    }),
    serve(`DELETE ${path}`, { body }, (call, world) => {
      const { followers: before, keep } = find(call, world);
      const all = call.request.query.get('isRemoveAllFollowers') === 'true';
      const followersRemoved = before.filter((id) => all || call.body.followers.includes(id));
      const followers = before.filter((id) => !followersRemoved.includes(id));
      keep(followers);
      return { followers, followersRemoved };
    }),
  ];
}
