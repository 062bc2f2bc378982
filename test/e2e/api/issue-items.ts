import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';
import { each, type ItemSources, inside, items, numbered, without } from './items.ts';
import { untemplated } from './space-items.ts';

export const issueItems: ItemSources = {
  Issues: perIssue((issue) => items([untemplated(without(issue, ...LISTS))])),
  IssueCategories: listed('category'),
  IssueMilestones: listed('milestone'),
  IssueVersions: listed('versions'),
  IssueAttachments: listed('attachments'),
  IssueLinkedSharedFiles: listed('sharedFiles'),
  IssueStars: listed('stars'),
  IssueExternalFileLinks: perIssue((issue) => numbered(inside(issue, 'externalFileLinks'), parents(issue))),
  IssueCustomFieldValues: perIssue((issue) =>
    inside(issue, 'customFields').map((field) => ({
      body: typedValue(field),
      parents: { ...parents(issue), customFieldId: field.id },
    })),
  ),
  IssueComments: perComment((comment, issue) => [
    { body: without(comment, 'changeLog', 'stars', 'notifications'), parents: parents(issue) },
  ]),
  IssueCommentChangeLog: perComment((comment, issue) =>
    numbered(inside(comment, 'changeLog'), { ...parents(issue), commentId: comment.id }),
  ),
  IssueCommentStars: perComment((comment, issue) =>
    items(inside(comment, 'stars'), { ...parents(issue), commentId: comment.id }),
  ),
  IssueCommentNotifications: perComment((comment, issue) =>
    items(inside(comment, 'notifications'), { ...parents(issue), commentId: comment.id }),
  ),
  IssueParticipants: beside('participants', (person) => without(person, 'nulabAccount', 'keyword', 'lastLoginTime')),
  IssueRelatedIssues: beside('relatedIssues', ({ id, issueKey, summary, status, type }) => ({
    type,
    relatedIssue: { id, key: issueKey, summary, status: { id: (status as Body).id } },
  })),
};

const LISTS = ['category', 'milestone', 'versions', 'attachments', 'sharedFiles', 'externalFileLinks', 'stars'];

export async function allIssues(api: Api): Promise<readonly Body[]> {
  return each(await api.projects(), ({ id }) => api.all('/issues', { 'projectId[]': Number(id), sort: 'created' }));
}

function parents({ id, projectId }: Body): Body {
  return { issueId: id, projectId };
}

function perIssue(rows: (issue: Body) => readonly Item[]) {
  return async (api: Api) => (await allIssues(api)).flatMap(rows);
}

function listed(field: string) {
  return perIssue((issue) => items(inside(issue, field), parents(issue)));
}

function perComment(rows: (comment: Body, issue: Body) => readonly Item[]) {
  return async (api: Api) =>
    each(await allIssues(api), async (issue) =>
      (await api.allById(`/issues/${issue.id}/comments`)).flatMap((comment) => rows(comment, issue)),
    );
}

function beside(path: string, rowOf: (body: Body) => Body) {
  return async (api: Api) =>
    each(await allIssues(api), async (issue) =>
      items((await api.list(`/issues/${issue.id}/${path}`)).map(rowOf), parents(issue)),
    );
}

const TYPE = { number: 3, date: 4, singleList: 5, multipleList: 6, checkbox: 7, radio: 8 };

/** Each kind of value has its column; chosen items are told by their ids and names. */
function typedValue({ id: _, value, ...field }: Body): Body {
  if (value === null || value === undefined) return field;
  switch (field.fieldTypeId) {
    case TYPE.number:
      return { ...field, numberValue: value };
    case TYPE.date:
      return { ...field, dateValue: value };
    case TYPE.singleList:
    case TYPE.radio:
      return { ...field, ...chosen([value as Body]) };
    case TYPE.multipleList:
    case TYPE.checkbox:
      return { ...field, ...chosen(value as readonly Body[]) };
    default:
      return { ...field, textValue: value };
  }
}

function chosen(list: readonly Body[]): Body {
  return { itemIds: list.map(({ id }) => id), itemNames: list.map(({ name }) => name) };
}
