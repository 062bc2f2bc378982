import { type Running, startProgram } from './program.ts';

export interface PipelineConfig {
  readonly tapConfig: string;
  readonly targetConfig: string;
  /** Default `target-sqlite`. */
  readonly target?: string;
  readonly catalog?: string;
  readonly stateFile?: string;
}

export interface PipelineOutcome {
  readonly codes: readonly (number | null)[];
  /** The newest state that the target released, or undefined if it released none. */
  readonly state: string | undefined;
  readonly stderr: string;
  /** Bytes that went from the tap to the target. */
  readonly bytes: number;
}

/** Kill this program without warning when so many bytes have gone through the pipe. */
export interface Kill {
  readonly victim: 'tap' | 'target';
  readonly afterBytes: number;
}

/** `tap-backlog | target-…`, two processes with a pipe between them that can be watched. */
export async function runPipeline(config: PipelineConfig, kill?: Kill): Promise<PipelineOutcome> {
  const tap = startProgram('tap-backlog', tapArguments(config));
  const target = startProgram(config.target ?? 'target-sqlite', ['--config', config.targetConfig]);
  const bytes = await connect(tap, target, kill);
  const ended = await Promise.all([tap.finished, target.finished]);
  const states = ended[1].stdout.split('\n').filter((line) => line !== '');
  return {
    codes: ended.map(({ code }) => code),
    state: states.at(-1),
    stderr: ended.map(({ stderr }) => stderr).join(''),
    bytes: bytes(),
  };
}

function tapArguments({ tapConfig, catalog, stateFile }: PipelineConfig): string[] {
  return [
    '--config',
    tapConfig,
    ...(catalog ? ['--catalog', catalog] : []),
    ...(stateFile ? ['--state', stateFile] : []),
  ];
}

async function connect(tap: Running, target: Running, kill: Kill | undefined): Promise<() => number> {
  const { stdout } = tap.child;
  const { stdin } = target.child;
  if (!stdout || !stdin) throw new Error('no pipes');
  let bytes = 0;
  stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (kill && bytes >= kill.afterBytes) (kill.victim === 'tap' ? tap : target).child.kill('SIGKILL');
  });
  stdout.pipe(stdin);
  // A pipe whose reader is gone breaks for its writer; between two programs in a shell the kernel does this.
  target.child.on('close', () => stdout.destroy());
  return () => bytes;
}
