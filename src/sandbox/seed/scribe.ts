import type { World } from '../world/world.ts';
import type { Past } from './past.ts';
import type { SeedProject } from './projects.ts';

/** Who writes the seeded past, by the same changes that people make later. */
export interface Scribe {
  /** Dated by the past. */
  readonly world: World;
  readonly past: Past;
  readonly seed: number;
  readonly projectCount: number;
  /** Things are dealt out to the projects in turn. */
  readonly projectFor: (index: number) => SeedProject;
}
