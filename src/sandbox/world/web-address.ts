/** Where people would read it in a browser; the sandbox has no such pages. */
const WEB = 'https://sandbox.backlog.test';

export function issueUrl(projectKey: string, keyId: number): string {
  return `${WEB}/view/${projectKey}-${keyId}`;
}

export function commentUrl(projectKey: string, keyId: number, commentId: number): string {
  return `${issueUrl(projectKey, keyId)}#comment-${commentId}`;
}
