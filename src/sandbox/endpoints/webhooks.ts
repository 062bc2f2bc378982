import { authorBody } from '../bodies/file-body.ts';
import type { Body } from '../bodies/view.ts';
import { type ApiRequest, read } from '../http/route.ts';
import type { Webhook } from '../world/space.ts';
import { existing, idAt, projectAt, requireProjectAdministrator } from './access.ts';

export const webhookRoutes = [
  read('/projects/:project/webhooks', (request) => webhooksOf(request).map((webhook) => webhookBody(request, webhook))),
  read('/projects/:project/webhooks/:webhook', (request) => {
    const wanted = idAt(request, 'webhook');
    const webhook = existing(
      webhooksOf(request).find(({ id }) => id === wanted),
      'webhook',
    );
    return webhookBody(request, webhook);
  }),
];

function webhooksOf(request: ApiRequest): readonly Webhook[] {
  const project = projectAt(request);
  requireProjectAdministrator(request, project);
  return [...request.data.webhooks.values()].filter(({ projectId }) => projectId === project.id);
}

function webhookBody(request: ApiRequest, webhook: Webhook): Body {
  const { id, name, description, hookUrl, allEvent, activityTypeIds } = webhook;
  return { id, name, description, hookUrl, allEvent, activityTypeIds, ...authorBody(request, webhook) };
}
