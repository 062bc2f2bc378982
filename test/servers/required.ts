/**
 * Whether the tests against a database may run. Where it is not installed they are skipped, and say so; in CI nothing
 * is skipped: scripts/install-databases.sh installs all of them, so that a missing one is a failure there.
 */
export function mayRun(database: string, installed: boolean): boolean {
  if (installed || process.env.CI === 'true') return true;
  process.stderr.write(`skipped: ${database} is not installed (scripts/install-databases.sh installs it)\n`);
  return false;
}
