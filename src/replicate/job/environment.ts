export type Environment = Readonly<Record<string, string | undefined>>;

const PLACEHOLDER = /\{env:([^{}]*)\}/gi;

/** Replaces each `{env:NAME}` by the variable's value; `onMissing` makes the error for one that is not set. */
export function substituteEnvironment(
  text: string,
  environment: Environment,
  onMissing: (name: string) => Error,
): string {
  return text.replace(PLACEHOLDER, (_, written: string) => {
    const name = written.trim();
    const value = environment[name];
    if (value === undefined) throw onMissing(name);
    return value;
  });
}
