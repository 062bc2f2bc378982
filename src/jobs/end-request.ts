import { FatalError } from '../runtime/errors.ts';
import { exitCodeOf, exitCodeOfSignal } from '../runtime/exit-code.ts';

/** Why a run ends early. Nothing can go on after it. */
export class EndRequest extends FatalError {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super({
      code: 'job.ended-early',
      text: { en: `The run was asked to end (${signal}).`, ja: `実行の終了が要求されました（${signal}）。` },
      hint: {
        en: 'What was read is stored; run the job again to go on from there.',
        ja: '読み込んだ分は保存されています。もう一度実行すると続きから再開します。',
      },
    });
    this.signal = signal;
  }
}

/** What the program ends with when this keeps a job from running. */
export function exitCodeOfFailure(failure: unknown): number {
  return failure instanceof EndRequest ? exitCodeOfSignal(failure.signal) : exitCodeOf(failure);
}
