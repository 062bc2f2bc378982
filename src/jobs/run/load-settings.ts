import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../../load/settings.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import { STATE_TABLE } from '../state/state-table.ts';

/** Less than this makes batches that cost more than they save. */
const LEAST_BYTES = 1024 * 1024;

/** Statements that run at the same time share the memory that one of them would have (invariant 10). */
export function loadSettingsOf({ destination, settings }: StatementPlan, atOnce = 1): LoadSettings {
  return {
    ...DEFAULT_LOAD_SETTINGS,
    tableOf: (stream) => (stream === STATE_TABLE ? { name: STATE_TABLE } : destination),
    batchRows: settings.batchRows,
    batchBytes: Math.max(LEAST_BYTES, Math.floor(DEFAULT_LOAD_SETTINGS.batchBytes / atOnce)),
    deletion: settings.deletion,
    markColumn: { name: '_cdatasync_deleted', holds: 'flag' },
  };
}
