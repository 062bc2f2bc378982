import type { Language } from '../../runtime/text.ts';
import { type ResourceRequests, totalOf } from '../../tap/tap.ts';
import { exitCodeOfFailure } from '../end-request.ts';
import type { JobReport, Problem, StatementReport } from './job-report.ts';
import { otherRequests } from './other-requests.ts';
import { problemOf } from './problem.ts';
import { exitCodeOfReport, worstVerdict } from './verdict.ts';

/**
 * The report for programs: one JSON document. Names are in snake_case as in the table `backlog_sync_runs`; instants are
 * ISO 8601 in UTC. Fields are only ever added.
 */
export function reportDocument(report: JobReport, language: Language): object {
  return {
    run_id: report.run,
    started_at: instant(report.startedAt),
    ended_at: instant(report.endedAt),
    source: report.source,
    destination: report.destination,
    exit_code: exitCodeOfReport(report),
    status: worstVerdict(report.statements),
    ...(report.signal === undefined ? {} : { signal: report.signal }),
    requests: totalOf(report.requests),
    requests_by_budget: report.requests,
    requests_for_no_resource: otherRequests(report),
    resources: report.resources.map(resourceDocument),
    seconds: (report.endedAt - report.startedAt) / 1000,
    statements: report.statements.map((statement) => statementDocument(statement, language)),
  };
}

/** The same for a run that could not begin. */
export function failureDocument(error: unknown, language: Language): object {
  return {
    exit_code: exitCodeOfFailure(error),
    status: 'FAILED',
    problems: [problemDocument(problemOf(error), language)],
    statements: [],
  };
}

function statementDocument(report: StatementReport, language: Language): object {
  const { statement, table, verdict, rows, requests, requestsShared, seconds, problems } = report;
  return {
    statement,
    table,
    status: verdict,
    rows_read: rows.read,
    inserted: rows.inserted,
    updated: rows.updated,
    unchanged: rows.unchanged,
    deleted: rows.deleted,
    requests,
    requests_shared: requestsShared,
    seconds,
    problems: problems.map((problem) => problemDocument(problem, language)),
  };
}

function resourceDocument({ resource, requests, planned }: ResourceRequests): object {
  const plan = planned && { planned: planned.requests, planned_is_estimate: planned.isEstimate };
  return { resource, requests, ...plan };
}

function problemDocument({ code, text, hint, path }: Problem, language: Language): object {
  return {
    code,
    message: text[language],
    ...(hint === undefined ? {} : { hint: hint[language] }),
    ...(path === undefined ? {} : { path }),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
