/** Where people would read it in a browser; the sandbox has no such pages. */
const WEB = 'https://sandbox.backlog.test';

export function issueUrl(projectKey: string, keyId: number): string {
  return `${WEB}/view/${projectKey}-${keyId}`;
}

export function commentUrl(projectKey: string, keyId: number, commentId: number): string {
  return `${issueUrl(projectKey, keyId)}#comment-${commentId}`;
}

export function wikiUrl(wikiId: number): string {
  return `${WEB}/alias/wiki/${wikiId}`;
}

export function pullRequestUrl(projectKey: string, repository: string, number: number): string {
  return `${WEB}/git/${projectKey}/${repository}/pullRequests/${number}`;
}

export function repositoryUrls(projectKey: string, repository: string) {
  return {
    httpUrl: `${WEB}/git/${projectKey}/${repository}.git`,
    sshUrl: `sandbox@sandbox.git.backlog.test:/${projectKey}/${repository}.git`,
  };
}
