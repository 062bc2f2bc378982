/** An object as the API sends it. */
export type Body = Readonly<Record<string, unknown>>;

type Query = Readonly<Record<string, string | number>>;

const PAGE_SIZE = 100;

/** Reads the API with `fetch` and nothing of the programs under test, so that both can be compared. */
export class Api {
  readonly #url: string;
  readonly #key: string;

  constructor({ url, apiKey }: { readonly url: string; readonly apiKey: string }) {
    this.#url = url;
    this.#key = apiKey;
  }

  async get<T = Body>(path: string, query: Query = {}): Promise<T> {
    const url = new URL(`/api/v2${path}`, this.#url);
    for (const [name, value] of Object.entries({ ...query, apiKey: this.#key }))
      url.searchParams.set(name, String(value));
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  list(path: string, query: Query = {}): Promise<readonly Body[]> {
    return this.get<readonly Body[]>(path, query);
  }

  /** A list that comes in pages by offset. */
  async all(path: string, query: Query = {}): Promise<readonly Body[]> {
    const rows: Body[] = [];
    for (;;) {
      const page = await this.list(path, { ...query, count: PAGE_SIZE, offset: rows.length });
      rows.push(...page);
      if (page.length < PAGE_SIZE) return rows;
    }
  }

  /** A list that comes in pages by id or, for the history of wiki pages, by version. */
  async allById(path: string, id = 'id'): Promise<readonly Body[]> {
    const rows = new Map<unknown, Body>();
    for (let minId = 0; ; minId = Math.max(...[...rows.keys()].map(Number))) {
      const page = await this.list(path, { order: 'asc', count: PAGE_SIZE, minId });
      for (const row of page) rows.set(row[id], row);
      if (page.length < PAGE_SIZE) return [...rows.values()];
    }
  }

  projects(): Promise<readonly Body[]> {
    return this.list('/projects');
  }
}
