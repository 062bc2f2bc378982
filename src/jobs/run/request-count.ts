import { resourcesOf } from '../../tap/tap.ts';

/** Counts the requests of one reading by the resource that they are for. */
export class RequestCount {
  readonly #byResource = new Map<string, number>();

  add(resource: string): void {
    this.#byResource.set(resource, (this.#byResource.get(resource) ?? 0) + 1);
  }

  /** All that were made for these streams; those that serve several of them count once. */
  of(streams: readonly string[]): number {
    const resources = new Set(streams.flatMap(resourcesOf));
    return [...resources].reduce((total, resource) => total + (this.#byResource.get(resource) ?? 0), 0);
  }
}

/** Whether requests for the one also serve the other. */
export function sharesRequests(streams: readonly string[], others: readonly string[]): boolean {
  const resources = new Set(streams.flatMap(resourcesOf));
  return others.flatMap(resourcesOf).some((resource) => resources.has(resource));
}
