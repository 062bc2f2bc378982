/** The column that a field of the API becomes: `issueKey` → `issue_key`, `gitLFS` → `git_lfs`. */
export function columnName(field: string): string {
  return field
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
