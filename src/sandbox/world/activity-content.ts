import type { ChangeLogEntry, CommentRecord, IssueRecord } from './issue.ts';

type Content = Readonly<Record<string, unknown>>;

export function issueCreatedContent(issue: IssueRecord): Content {
  return { id: issue.id, key_id: issue.keyId, summary: issue.summary, description: issue.description };
}

/** Backlog tells no more than this of a deleted issue. */
export function issueDeletedContent(issue: Pick<IssueRecord, 'id' | 'keyId'>): Content {
  return { id: issue.id, key_id: issue.keyId };
}

/** Of an update, a comment, or somebody told of a comment: the issue is shown as it was right after it. */
export function issueCommentedContent(issue: IssueRecord, comment: CommentRecord): Content {
  return {
    ...issueCreatedContent(issue),
    comment: { id: comment.id, content: comment.content ?? '' },
    changes: comment.changeLog.filter(({ field }) => field !== 'notification').map(change),
    attachments: comment.changeLog.flatMap(({ attachmentInfo }) => (attachmentInfo === null ? [] : [attachmentInfo])),
    shared_files: [],
    external_file_links: [],
  };
}

function change({ field, newValue, originalValue, attributeInfo }: ChangeLogEntry): Content {
  return {
    field,
    field_text: field,
    new_value: newValue ?? '',
    old_value: originalValue ?? '',
    type: attributeInfo === null ? 'standard' : 'custom',
  };
}
