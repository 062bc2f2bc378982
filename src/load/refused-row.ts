import { DataError, type ErrorDetails } from '../runtime/errors.ts';

export interface Refusal {
  readonly code: string;
  /** In the database's own words. */
  readonly reason: string;
  readonly hint: NonNullable<ErrorDetails['hint']>;
  /** The table where the database names it, else the database, if it is known. */
  readonly path: string | undefined;
  /** The column at fault, where the database names it. */
  readonly column: string | undefined;
  readonly cause: unknown;
}

/** A rule of its table does not let a row in. Which row of several it was, the database does not say. */
export class RefusedRow extends DataError {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    const { code, reason, hint, path, cause } = refusal;
    super({
      code,
      hint,
      cause,
      ...(path === undefined ? {} : { path }),
      text: {
        en: `The database refuses a row: ${reason}`,
        ja: `データベースに拒否された行があります: ${reason}`,
      },
    });
    this.refusal = refusal;
  }
}
