import type { LogLevel } from '../../runtime/log.ts';
import type { Language } from '../../runtime/text.ts';
import { liveDisplay, type Terminal } from './live-display.ts';
import { plainDisplay, quietDisplay } from './plain-display.ts';
import type { Display } from './progress.ts';

/** Live lines for a person at a terminal, plain ones for a log, none for who wants to hear of trouble only. */
export function chooseDisplay(
  output: Terminal & { readonly isTTY: boolean },
  level: LogLevel,
  language: Language,
): Display {
  const write = (text: string) => output.write(text);
  if (level === 'warning' || level === 'error') return quietDisplay(write);
  return output.isTTY ? liveDisplay(output, language) : plainDisplay(write, language);
}
