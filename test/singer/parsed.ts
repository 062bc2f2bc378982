import type { Message } from '../../src/message/message.ts';
import type { Incoming } from '../../src/singer/read-messages.ts';

/** Messages as they are meant, those that were left as text parsed. */
export function parsed(group: readonly Incoming[]): Message[] {
  return group.map((message) => (message.type === 'unparsed' ? message.parsed() : message));
}
