/**
 * Every secret that this process has been given (invariant 9). It is process-wide on purpose: a text may reach a log
 * through a driver or a library that has never heard of our configuration.
 */
const secrets = new Set<string>();

/** Shorter values would blank out ordinary words. */
const SHORTEST_SECRET = 4;

/** Makes `redact` hide this value from now on, also in the percent-encoded form in which it stands in an address. */
export function registerSecret(value: string | undefined): void {
  if (value === undefined || value.length < SHORTEST_SECRET) return;
  secrets.add(value);
  secrets.add(encodeURIComponent(value));
}

/** The text with every registered secret, and every `apiKey=…` of an address, replaced by `***`. */
export function redact(text: string): string {
  let clean = text.replace(/(api_?key=)[^&\s"';]+/gi, '$1***');
  for (const secret of secrets) clean = clean.replaceAll(secret, '***');
  return clean;
}
