import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../../load/settings.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import { STATE_TABLE } from '../state/state-table.ts';

export function loadSettingsOf({ destination, settings }: StatementPlan): LoadSettings {
  return {
    ...DEFAULT_LOAD_SETTINGS,
    tableOf: (stream) => (stream === STATE_TABLE ? { name: STATE_TABLE } : destination),
    batchRows: settings.batchRows,
    deletion: settings.deletion,
    markColumn: { name: '_cdatasync_deleted', holds: 'flag' },
  };
}
