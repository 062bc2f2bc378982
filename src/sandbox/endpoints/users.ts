import { userBody } from '../bodies/user-body.ts';
import { type ApiRequest, icon, read } from '../http/route.ts';
import type { UserRecord } from '../world/records.ts';
import { existing, idAt, requireProjectAdministrator } from './access.ts';
import { picture } from './binaries.ts';

export const userRoutes = [
  read('/users', (request) => {
    requireProjectAdministrator(request);
    return [...request.data.users.values()].map((user) => userBody(request, user));
  }),
  read('/users/myself', (request) => userBody(request, request.viewer)),
  read('/users/:user', (request) => userBody(request, userAt(request))),
  icon('/users/:user/icon', (request) => picture(`user_${userAt(request).id}.png`)),
];

function userAt(request: ApiRequest): UserRecord {
  return existing(request.data.users.get(idAt(request, 'user')), 'user');
}
