/** Backlog shows instants in whole seconds of UTC. */
export function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

export function optionalInstant(milliseconds: number | null): string | null {
  return milliseconds === null ? null : instant(milliseconds);
}

/** Days are shown as midnight. */
export function day(date: string | null): string | null {
  return date === null ? null : `${date}T00:00:00Z`;
}
