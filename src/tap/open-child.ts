import type { ChildReading, ChildResource, Details } from '../streams/resource.ts';
import type { Planned } from './selection-plan.ts';

/** A child resource being read along its parents' walk, until it fails. */
export interface OpenChild {
  readonly planned: Planned<ChildResource>;
  readonly reading: ChildReading;
  readonly own: Details;
  readonly children: readonly OpenChild[];
  failed: boolean;
}
