import type { Reporter, TestModule } from 'vitest/node';

/**
 * Closes a run with one plain line of totals, for readers that do not know vitest's own summary. The
 * coverage report comes after the tests, so the line waits for the end of the process.
 */
export default class PlainTotals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const brokenModules = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    const count = (state: string) => states.filter((each) => each === state).length;
    const line = `${count('passed')} passed, ${count('failed') + brokenModules} failed, ${count('skipped')} skipped\n`;
    process.once('exit', () => process.stdout.write(line));
  }
}
