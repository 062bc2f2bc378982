import type { Message, RecordMessage } from '../../message/message.ts';

/** Records that follow each other and belong to one stream and version, or a single other message. */
export type Stretch = { readonly records: readonly RecordMessage[] } | Exclude<Message, RecordMessage>;

/** The same messages in the same order, with records put together that can be handled together. */
export function inStretches(messages: readonly Message[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let open: RecordMessage[] = [];
  for (const message of messages) {
    const [first] = open;
    const continues =
      message.type === 'record' && message.stream === first?.stream && message.version === first.version;
    if (!continues) open = [];
    if (message.type !== 'record') stretches.push(message);
    else if (open.push(message) === 1) stretches.push({ records: open });
  }
  return stretches;
}
