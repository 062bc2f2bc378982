import type { IssueHead, IssueHistory, IssueRecord } from './issue.ts';

/** Issues of the seeded past, made when they are asked for: the same id always gives the same history. */
export interface IssueSource {
  heads(): Iterable<IssueHead>;
  history(id: number): IssueHistory | undefined;
}

/** All issues: those of the source as they are, and in memory those that were changed or added since. */
export class IssueTable {
  readonly #source: IssueSource;
  readonly #heads = new Map<number, IssueHead>();
  readonly #keys = new Map<number, Map<number, number>>();
  readonly #lastKeyIds = new Map<number, number>();
  readonly #changed = new Map<number, IssueHistory>();
  #revision = 0;

  constructor(source: IssueSource) {
    this.#source = source;
    for (const head of source.heads()) this.#index(head);
  }

  /** Rises with every change, so that what was derived from the table can be kept until then. */
  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#heads.size;
  }

  /** In order of id, which is the order of creation except for imports. */
  heads(): Iterable<IssueHead> {
    return this.#heads.values();
  }

  get(id: number): IssueRecord | undefined {
    return this.history(id)?.issue;
  }

  history(id: number): IssueHistory | undefined {
    if (!this.#heads.has(id)) return undefined;
    return this.#changed.get(id) ?? this.#source.history(id);
  }

  idOfKey(projectId: number, keyId: number): number | undefined {
    return this.#keys.get(projectId)?.get(keyId);
  }

  /** The next number of the project's keys. Numbers of deleted issues are not given out again. */
  takeKeyId(projectId: number): number {
    const keyId = (this.#lastKeyIds.get(projectId) ?? 0) + 1;
    this.#lastKeyIds.set(projectId, keyId);
    return keyId;
  }

  save(history: IssueHistory): void {
    const { id, projectId, keyId, created, updated, parentIssueId } = history.issue;
    this.#changed.set(id, history);
    this.#index({ id, projectId, keyId, created, updated, parentIssueId });
    this.#revision += 1;
  }

  delete(id: number): void {
    const head = this.#heads.get(id);
    if (head === undefined) return;
    this.#keys.get(head.projectId)?.delete(head.keyId);
    this.#heads.delete(id);
    this.#changed.delete(id);
    this.#revision += 1;
  }

  #index(head: IssueHead): void {
    this.#heads.set(head.id, head);
    const keys = this.#keys.get(head.projectId) ?? new Map<number, number>();
    this.#keys.set(head.projectId, keys.set(head.keyId, head.id));
    this.#lastKeyIds.set(head.projectId, Math.max(head.keyId, this.#lastKeyIds.get(head.projectId) ?? 0));
  }
}
