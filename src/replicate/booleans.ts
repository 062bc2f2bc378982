const SPELLINGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  on: true,
  false: false,
  no: false,
  '0': false,
  off: false,
};

/** True or false in any spelling and case that CData's files show; undefined for anything else. */
export function parseBoolean(text: string): boolean | undefined {
  return SPELLINGS[text.trim().toLowerCase()];
}
