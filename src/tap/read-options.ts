import type { BacklogClient } from '../backlog/client.ts';
import type { SelectedStream } from '../message/catalog.ts';
import type { TapState } from '../message/state.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/log.ts';
import type { CustomFields } from './custom-fields.ts';
import type { OnRequest } from './request-count.ts';
import type { TapSettings } from './settings.ts';

export interface ReadOptions {
  readonly client: BacklogClient;
  readonly selection: readonly SelectedStream[];
  readonly state?: TapState;
  readonly settings: TapSettings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  readonly onRequest?: OnRequest;
  /** Set where `issues` is to have columns for custom fields. */
  readonly customFields?: CustomFields;
}
