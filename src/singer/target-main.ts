import type { z } from 'zod';
import type { Session } from '../load/dialect.ts';
import type { LoadSettings } from '../load/settings.ts';
import type { Text } from '../runtime/text.ts';
import type { Host } from './host.ts';
import { loadInput } from './load-input.ts';
import { planInput, type Renderer } from './plan-input.ts';
import { type Program, type Run, runProgram, settingsOf } from './program.ts';

/** A connected database, and how to leave it. */
export interface Connected {
  readonly session: Session;
  close(): PromiseLike<void>;
}

/** A target is a database with settings: how to connect, and how to load. */
export interface Target<S extends z.ZodObject> extends Program<S> {
  readonly dialect: Renderer;
  connect(config: z.output<S>, run: Run): Promise<Connected>;
  /** Connects only to look, where `connect` would make or change something: undefined where there is no database yet. */
  connectToLook?(config: z.output<S>): Promise<Connected | undefined>;
  loadSettingsOf(config: z.output<S>): LoadSettings;
  /** What a person should know of the settings before the load begins. */
  noticesOf?(config: z.output<S>): readonly Text[];
}

/** The whole of a target program, to its exit code. */
export function runTarget<S extends z.ZodObject>(target: Target<S>, host: Host): Promise<number> {
  return runProgram(target, host, async (run) => {
    const config = settingsOf(target, run);
    const settings = target.loadSettingsOf(config);
    for (const notice of target.noticesOf?.(config) ?? []) run.log.info(notice);
    if (run.command.plan) return plan(target, config, run);
    const { session, close } = await target.connect(config, run);
    try {
      return await loadInput(session, settings, run);
    } finally {
      await close();
    }
  });
}

async function plan<S extends z.ZodObject>(target: Target<S>, config: z.output<S>, run: Run): Promise<number> {
  const connected = await (target.connectToLook ?? target.connect)(config, run);
  try {
    return await planInput(target.dialect, connected?.session, target.loadSettingsOf(config), run);
  } finally {
    await connected?.close();
  }
}
