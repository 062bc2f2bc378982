import type { Query, RateClass } from '../backlog/client.ts';
import type { Cursor } from '../message/state.ts';
import type { Activity } from './activities/activity.ts';
import type { Project } from './projects/project.ts';
import type { ApiObject, Entry, Link, Stream } from './stream.ts';

/** The part of a resource that is read, resumed and allowed to fail on its own. */
export interface Slice {
  /** The key of its cursor in a bookmark: a project's id, or `space`. */
  readonly id: string;
  /** For people: a project's key, or `space`. */
  readonly label: string;
  /** The project, unless the slice is the whole space. */
  readonly project?: Project;
}

/** A stretch of a walk. Its cursor is right as soon as everything up to the end of this page has been emitted. */
export interface Page<Fields = ApiObject> {
  readonly entries: readonly Entry<Fields>[];
  readonly cursor?: Cursor;
  /** Set where entries may have been read in an earlier run: the lists inside them replace what is known of those. */
  readonly again?: boolean;
  /** Set where more may exist than the key can see: nothing that is missing is gone. */
  readonly isPart?: boolean;
  /** Set on the last page: the walk has seen all there was to see. */
  readonly complete?: boolean;
}

export interface ReadSettings {
  /** Instant in milliseconds; issues that were last changed before it are left out. */
  readonly startDate: number | undefined;
  /** How far before a cursor everything is read again, in milliseconds. */
  readonly lookback: number;
  /** Do not ask for comments of issues that were never changed since their creation. */
  readonly skipUntouched: boolean;
  /** Leave out slices in which nothing happened according to the space's activities. */
  readonly detectChanges: boolean;
  /** Of issues that were updated in this last stretch of time all comments are read again, in milliseconds. */
  readonly rereadComments: number;
}

/** One space during one run, as resources see it. */
export interface SpaceReader {
  readonly settings: ReadSettings;
  get<T>(path: string, query?: Query): Promise<T>;
  /** Milliseconds; not later than either clock, the server's or ours, has it, because a cursor may stand on it. */
  presentTime(): number;
  /** The projects that this run is about; read once per run. */
  projects(): Promise<readonly Project[]>;
  /** The space's own data; read once per run. */
  space(): Promise<ApiObject>;
  /** The custom fields of a project, by its id; read once per run. */
  customFields(project: string): Promise<readonly ApiObject[]>;
  /** Whether that costs no request any more. */
  knowsCustomFields(project: string): boolean;
  /** The Git repositories of a project, by its id; read once per run. */
  repositories(project: string): Promise<readonly ApiObject[]>;
  /** Whether that costs no request any more. */
  knowsRepositories(project: string): boolean;
}

/** An item's own number or, for documents, its text. */
export type ItemId = number | string;

/**
 * What the space's activities tell of the items of a resource: slices without such activities are not read, and items
 * whose deletion they tell are removed from all of its streams, with what hangs on them.
 */
export interface FeedSigns {
  /** Types of the activities that tell of a change; any in the project, if absent. */
  readonly changes?: readonly number[];
  /** Which item an activity of a change is about, in the words that `read` understands; undefined if it does not say. */
  itemIn?(activity: Activity): string | undefined;
  /** Types of those that tell of a deletion; `content.id` names the item. */
  readonly deletions?: readonly number[];
  /** Which of these items exist, whatever the activities told. */
  stillThere?(reader: SpaceReader, slice: Slice, ids: readonly ItemId[]): Promise<ReadonlySet<ItemId>>;
  /** Which items went together with these, without an activity of their own. */
  goneWith?(reader: SpaceReader, slice: Slice, ids: readonly ItemId[]): Promise<readonly ItemId[]>;
}

/** For the catalog and the reference: how changes and deletions are seen, and what that costs. */
export type Replication =
  | { readonly method: 'FULL_TABLE'; readonly requests: string }
  | {
      readonly method: 'INCREMENTAL';
      /** The column that tells changes, in those streams that have it. */
      readonly key: string;
      readonly changes: string;
      readonly deletions: string;
      readonly requests: string;
    };

/** What reading a slice will cost, before it is read. */
export interface Estimate {
  readonly requests: Readonly<Partial<Record<RateClass, number>>>;
  /** How many items the walk will give, on which other resources hang. */
  readonly items: number;
  /** Set where no more than this is needed, but possibly less. */
  readonly isUpperBound: boolean;
}

/** A slice, and where its reading begins. */
export interface Place {
  readonly slice: Slice;
  readonly cursor: Cursor | undefined;
}

/** How one walk serves several slices, where the API lists together what they hold. */
export interface JointWalk<Fields = ApiObject> {
  /** Slices that agree in this can share a walk if their cursors are near each other; undefined for one that cannot. */
  groupOf(place: Place): string | undefined;
  /** Each step has a page for each place, in their order. Cursors differ in their `at` alone. */
  read(reader: SpaceReader, places: readonly Place[]): AsyncIterable<readonly Page<Fields>[]>;
  estimate(reader: SpaceReader, places: readonly Place[]): Promise<Estimate>;
}

interface Readable<Fields> {
  readonly name: string;
  readonly replication: Replication;
  readonly streams: readonly Stream<Fields>[];
  /** What is read once per item of this resource. */
  readonly children?: readonly ChildResource<Fields>[];
}

/** One walk over one endpoint: what costs requests. All of its streams are fed by the same walk. */
export interface Resource<Fields = ApiObject> extends Readable<Fields> {
  readonly sliceBy: 'space' | 'project';
  /** An item that is not listed any more may only be out of sight. */
  readonly itemsAreProjects?: true;
  /** Only for resources whose complete walks end with a cursor that is nothing but an `at`. */
  readonly feed?: FeedSigns;
  /**
   * Reads what lies after the cursor, or everything without one. A cursor reduced to its `at` is valid too. `told` are
   * the items that activities name (see `FeedSigns.itemIn`), where these tell of everything that they can tell of.
   */
  read(
    reader: SpaceReader,
    slice: Slice,
    cursor: Cursor | undefined,
    told?: readonly string[],
  ): AsyncIterable<Page<Fields>>;
  /** Set where slices need not be read one by one. */
  readonly joint?: JointWalk<Fields>;
  /** How many items these slices have in all, by a single request. After a first load it is compared with what came. */
  count?(reader: SpaceReader, slices: readonly Slice[]): Promise<number>;
  /** By counting where that is cheap. One read request per slice, if absent. */
  estimate?(reader: SpaceReader, slice: Slice, cursor: Cursor | undefined, told?: readonly string[]): Promise<Estimate>;
}

/** A resource that hangs on each item of another and is read along its parents' walk. */
export interface ChildResource<Parent = ApiObject, Fields = ApiObject> extends Readable<Fields> {
  /** How the rows name their parent; needed if `read` gives whole lists. */
  readonly partOf?: Link;
  /** Requests per parent that a plan counts; 1, if absent. */
  readonly requestsEach?: number;
  /** Rows never change and only go with their parent, though the API may not list them for ever: they are read once. */
  readonly lasting?: true;
  /** From which instant on parents must be walked again though they did not change, in milliseconds; none, if absent. */
  rereadFrom?(reader: SpaceReader): number | undefined;
  /**
   * Begins a reading for one slice. The cursor is where the streams of this child stand, which may differ from where
   * the parents' do; `own` is what `details` said at the end of the last complete walk.
   */
  open(reader: SpaceReader, cursor: Cursor | undefined, own: Details): ChildReading<Parent, Fields>;
}

/** Knowledge of a child resource that spares work in the next run; it must be able to do without. */
export type Details = Readonly<Record<string, unknown>>;

/** Everything that hangs on one parent: what is not among it is gone. */
export interface WholeList<Fields = ApiObject> {
  readonly all: readonly Entry<Fields>[];
}

export interface ChildReading<Parent = ApiObject, Fields = ApiObject> {
  /** Whether anything new can hang on this parent. */
  concerns(parent: Parent): boolean;
  read(parent: Entry<Parent>): AsyncIterable<readonly Entry<Fields>[] | WholeList<Fields>>;
  /** What the child's cursor holds beside its parents', once the walk is complete. */
  details(): Details;
}
