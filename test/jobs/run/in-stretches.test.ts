import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inStretches } from '../../../src/jobs/run/in-stretches.ts';
import type { Message } from '../../../src/message/message.ts';

const anyMessage = fc.oneof(
  fc
    .record({ stream: fc.constantFrom('a', 'b'), version: fc.constantFrom(1, 2) })
    .map(({ stream, version }): Message => ({ type: 'record', stream, version, record: {} })),
  fc.constant<Message>({ type: 'state', value: 1 }),
  fc.constant<Message>({ type: 'activateVersion', stream: 'a', version: 1 }),
);

it('loses nothing, changes no order, and mixes neither streams nor versions', () => {
  fc.assert(
    fc.property(fc.array(anyMessage), (messages) => {
      const stretches = inStretches(messages);
      const flat = stretches.flatMap((stretch): readonly Message[] =>
        stretch.type === 'stretch' ? stretch.messages : [stretch],
      );
      expect(flat).toEqual(messages);
      for (const stretch of stretches) {
        if (stretch.type !== 'stretch') continue;
        expect(stretch.messages.length).toBeGreaterThan(0);
        expect(new Set(stretch.messages.map(({ stream, version }) => `${stream}${version}`)).size).toBe(1);
      }
    }),
  );
});

it('puts records together that follow each other', () => {
  const record: Message = { type: 'record', stream: 'a', record: {} };
  expect(inStretches([record, record, { type: 'state', value: 1 }, record])).toHaveLength(3);
});
