/** Each kind of thing has its own rising ids, across all projects. */
export type IdKind =
  | 'activity'
  | 'attachment'
  | 'bulk'
  | 'category'
  | 'comment'
  | 'customField'
  | 'document'
  | 'externalFileLink'
  | 'issue'
  | 'issueType'
  | 'notification'
  | 'project'
  | 'pullRequest'
  | 'pullRequestComment'
  | 'repository'
  | 'sharedFile'
  | 'star'
  | 'status'
  | 'tag'
  | 'team'
  | 'user'
  | 'version'
  | 'watching'
  | 'webhook'
  | 'wiki';

export interface Ids {
  next(kind: IdKind): number;
}

export class IdSequences implements Ids {
  readonly #last: Map<IdKind, number>;
  readonly #start: number;

  /** Ids that are given out from now on are greater than `start`. */
  constructor(start: number) {
    this.#start = start;
    this.#last = new Map();
  }

  next(kind: IdKind): number {
    const id = (this.#last.get(kind) ?? this.#start) + 1;
    this.#last.set(kind, id);
    return id;
  }
}
