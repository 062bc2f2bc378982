import {
  AuthenticationError,
  ConfigurationError,
  EnvironmentError,
  FatalError,
  RetryableError,
  SkippableError,
} from '../runtime/errors.ts';
import type { Trouble } from './trouble.ts';

export const KEY_REFUSED: Trouble = {
  kind: AuthenticationError,
  code: 'backlog.key-refused',
  text: { en: 'Backlog does not accept the API key', ja: 'BacklogがAPIキーを受け付けませんでした' },
  hint: {
    en: 'Check that the key belongs to this space and was not deleted (Personal settings > API).',
    ja: 'キーがこのスペースのもので、削除されていないことを確認してください（個人設定＞API）。',
  },
};

export const MFA_REQUIRED: Trouble = {
  kind: AuthenticationError,
  code: 'backlog.mfa-required',
  text: {
    en: 'The space demands two-factor authentication and the owner of the key has not set it up',
    ja: 'このスペースでは2段階認証が必須ですが、キーの所有者が設定していません',
  },
  hint: {
    en: 'Set up two-factor authentication in the Nulab account of the owner of the key.',
    ja: 'キーの所有者のヌーラボアカウントで2段階認証を設定してください。',
  },
};

export const FORBIDDEN: Trouble = {
  kind: SkippableError,
  code: 'backlog.forbidden',
  text: { en: 'The owner of the API key may not read this', ja: 'APIキーの所有者にはこれを読む権限がありません' },
  hint: {
    en: 'Use the key of an administrator who is a member of the project, or leave this out of the selection.',
    ja: 'プロジェクトに参加している管理者のキーを使うか、対象から外してください。',
  },
};

export const NOT_FOUND: Trouble = {
  kind: SkippableError,
  code: 'backlog.not-found',
  text: {
    en: 'This does not exist in the space, or the owner of the API key cannot see it',
    ja: 'スペースに存在しないか、APIキーの所有者には見えません',
  },
  hint: {
    en: 'Check that it was not deleted and that the owner of the key is a member of the project.',
    ja: '削除されていないこと、キーの所有者がプロジェクトに参加していることを確認してください。',
  },
};

export const NOT_IN_PLAN: Trouble = {
  kind: SkippableError,
  code: 'backlog.not-in-plan',
  text: { en: "The space's plan does not include this feature", ja: 'スペースのプランにこの機能は含まれていません' },
  hint: { en: 'Leave it out of the selection, or change the plan.', ja: '対象から外すか、プランを変更してください。' },
};

export const LICENCE_EXPIRED: Trouble = {
  kind: EnvironmentError,
  code: 'backlog.licence-expired',
  text: { en: 'The licence of the space has expired', ja: 'スペースのライセンスの有効期限が切れています' },
  hint: { en: 'Ask the administrator of the space to renew it.', ja: 'スペースの管理者に更新を依頼してください。' },
};

export const IP_REFUSED: Trouble = {
  kind: EnvironmentError,
  code: 'backlog.ip-refused',
  text: {
    en: 'The space does not accept requests from the IP address of this machine',
    ja: 'このマシンのIPアドレスからのアクセスはスペースで許可されていません',
  },
  hint: {
    en: "Add the address to the space's access control, or run on a machine that is allowed.",
    ja: 'スペースのアクセス制限にアドレスを追加するか、許可されたマシンで実行してください。',
  },
};

export const BAD_REQUEST: Trouble = {
  kind: FatalError,
  code: 'backlog.bad-request',
  text: { en: 'Backlog did not understand the request', ja: 'Backlogがリクエストを解釈できませんでした' },
  hint: {
    en: 'This is a fault of the program; please report it with this message.',
    ja: 'プログラムの不具合です。このメッセージを添えて報告してください。',
  },
};

export const UNEXPECTED_ANSWER: Trouble = {
  kind: FatalError,
  code: 'backlog.unexpected-answer',
  text: {
    en: 'Backlog gave an answer that the API does not provide for',
    ja: 'BacklogからAPI仕様にない応答がありました',
  },
  hint: {
    en: 'Check the address of the space and any proxy in between; if both are right, please report this.',
    ja: 'スペースのアドレスと途中のプロキシを確認してください。問題がなければ報告してください。',
  },
};

export const RATE_LIMITED: Trouble = {
  kind: RetryableError,
  code: 'backlog.rate-limited',
  text: {
    en: 'Backlog keeps refusing: the allowance of requests is spent',
    ja: 'リクエスト数の上限に達したため拒否され続けています',
  },
  hint: {
    en: 'Find out what else uses the keys of this user, or lower the budget share, and run again.',
    ja: '同じユーザーのキーを使う他のプログラムを確認するか、使用割合を下げて再実行してください。',
  },
};

export const SERVER_FAILED: Trouble = {
  kind: RetryableError,
  code: 'backlog.server-failed',
  text: { en: 'Backlog could not serve the request', ja: 'Backlog側でリクエストを処理できませんでした' },
  hint: {
    en: 'Run again later; see https://status.nulab.com/ for known trouble.',
    ja: '時間をおいて再実行してください。障害情報: https://status.nulab.com/',
  },
};

export const NOT_BACKLOG: Trouble = {
  kind: ConfigurationError,
  code: 'backlog.not-backlog',
  text: {
    en: 'A web page came back: this is not the API of a Backlog space',
    ja: 'WebページのHTMLが返されました。BacklogのAPIではありません',
  },
  hint: {
    en: 'Check the address of the space and any proxy in between.',
    ja: 'スペースのアドレスと途中のプロキシを確認してください。',
  },
};

/** A page in place of an answer that should be there: a maintenance page, or a wrong host. Later it may be gone. */
export const PAGE_INSTEAD: Trouble = { ...NOT_BACKLOG, kind: RetryableError };

export const TRUNCATED: Trouble = {
  kind: RetryableError,
  code: 'backlog.truncated',
  text: {
    en: 'The answer of Backlog broke off or is not JSON',
    ja: 'Backlogの応答が途中で切れているか、JSONではありません',
  },
  hint: {
    en: 'Check the network and any proxy in between, and run again.',
    ja: 'ネットワークと途中のプロキシを確認し、再実行してください。',
  },
};

export const REDIRECTED: Trouble = {
  kind: ConfigurationError,
  code: 'backlog.redirected',
  text: { en: 'The address leads to another host', ja: 'アドレスが別のホストへ転送されます' },
  hint: {
    en: 'Give the address at which the space really is. The API key was not sent there.',
    ja: 'スペースの正しいアドレスを指定してください。転送先にAPIキーは送信していません。',
  },
};
