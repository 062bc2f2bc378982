/** A sentence for people, in both languages that our users read. */
export interface Text {
  readonly en: string;
  readonly ja: string;
}

export type Language = keyof Text;

/**
 * Which language to speak: `BACKLOG_LANGUAGE` if it is set, else what the locale says (`LC_ALL`, `LC_MESSAGES`, `LANG`
 * in the order that POSIX gives them). English unless Japanese is asked for.
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const { BACKLOG_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [BACKLOG_LANGUAGE, LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return locale?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
