import type { z } from 'zod';
import type { Dialect } from '../load/dialect.ts';
import type { LoadSettings } from '../load/settings.ts';
import type { Text } from '../runtime/text.ts';
import type { Host } from './host.ts';
import { loadInput } from './load-input.ts';
import { type Program, runProgram, settingsOf } from './program.ts';

/** A target is a dialect with settings: how to connect, and how to load. */
export interface Target<S extends z.ZodObject, Connection> extends Program<S> {
  readonly dialect: Dialect<Connection>;
  connectionOf(config: z.output<S>): Connection;
  loadSettingsOf(config: z.output<S>): LoadSettings;
  /** What a person should know of the settings before the load begins. */
  noticesOf?(config: z.output<S>): readonly Text[];
}

/** The whole of a target program, to its exit code. */
export function runTarget<S extends z.ZodObject, Connection>(
  target: Target<S, Connection>,
  host: Host,
): Promise<number> {
  return runProgram(target, host, async (run) => {
    const config = settingsOf(target, run);
    for (const notice of target.noticesOf?.(config) ?? []) run.log.info(notice);
    const session = await target.dialect.connect(target.connectionOf(config));
    try {
      return await loadInput(session, target.loadSettingsOf(config), run);
    } finally {
      await session[Symbol.asyncDispose]();
    }
  });
}
