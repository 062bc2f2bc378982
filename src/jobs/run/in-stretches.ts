import type { Message, RecordMessage } from '../../message/message.ts';

/** Records that follow each other and belong to one stream and version. */
export interface RecordStretch {
  readonly type: 'stretch';
  readonly messages: readonly RecordMessage[];
}

export type Stretch = RecordStretch | Exclude<Message, RecordMessage>;

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
    else if (open.push(message) === 1) stretches.push({ type: 'stretch', messages: open });
  }
  return stretches;
}
