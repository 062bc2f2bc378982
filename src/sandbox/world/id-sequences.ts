/** Each kind of thing has its own rising ids, across all projects. */
export type IdKind =
  | 'activity'
  | 'attachment'
  | 'category'
  | 'comment'
  | 'customField'
  | 'externalFileLink'
  | 'issue'
  | 'issueType'
  | 'notification'
  | 'project'
  | 'sharedFile'
  | 'star'
  | 'status'
  | 'user'
  | 'version';

export class IdSequences {
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
