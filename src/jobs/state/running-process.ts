import { hostname } from 'node:os';

/** This run, as other runs on the same database can tell it: machine and process id. */
export function thisProcess(): string {
  return `${hostname()}:${process.pid}`;
}

/** Whether that run can still be going on. What happens on other machines cannot be seen, so nothing there is alive. */
export function isAlive(runningProcess: string): boolean {
  const [, machine, pid] = /^(.*):(\d+)$/.exec(runningProcess) ?? [];
  if (machine !== hostname() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
