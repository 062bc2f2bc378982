import { userBody } from '../bodies/user-body.ts';
import { read } from '../http/route.ts';
import { existing, idAt, requireProjectAdministrator } from './access.ts';

export const userRoutes = [
  read('/users', (request) => {
    requireProjectAdministrator(request);
    return [...request.data.users.values()].map((user) => userBody(request, user));
  }),
  read('/users/myself', (request) => userBody(request, request.viewer)),
  read('/users/:user', (request) => userBody(request, existing(request.data.users.get(idAt(request, 'user')), 'user'))),
];
