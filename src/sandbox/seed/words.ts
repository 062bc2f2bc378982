/** What people in the seeded space write: Japanese and English, with the characters that break careless programs. */
export const PEOPLE = [
  { name: '星野 美香', userId: 'hoshino', lang: 'ja' },
  { name: 'Taylor Reed', userId: 'reed', lang: 'en' },
  { name: '佐藤 健', userId: null, lang: null },
  { name: '𠮷田 さくら', userId: 'yoshida', lang: 'ja' },
  { name: "Maeve O'Brien", userId: 'obrien', lang: 'en' },
  { name: '髙橋 ひろし', userId: 'takahashi', lang: 'ja' },
  { name: 'Zoë "Zed" Müller', userId: 'zed', lang: null },
  { name: '渡邉 光 🌸', userId: null, lang: 'ja' },
] as const;

export const PROJECTS = [
  { key: 'SAKURA', name: 'さくら商店リニューアル', lang: 'ja' },
  { key: 'ROCKET', name: 'Rocket Payments', lang: 'en' },
  { key: 'OLD_SITE', name: '旧サイト保守', lang: 'ja' },
] as const;

interface Phrases {
  readonly subjects: readonly string[];
  readonly tasks: readonly string[];
  readonly sentences: readonly string[];
  readonly replies: readonly string[];
}

const JAPANESE: Phrases = {
  subjects: ['ログイン画面', '検索結果', '請求書PDF', '商品一覧', '会員登録メール', 'カート🛒', '管理画面', '在庫連携'],
  tasks: [
    'の表示が崩れる',
    'を改善する',
    'のテストを書く',
    'が遅い',
    'の文言を直す',
    'に「戻る」を付ける',
    'の仕様を決める',
  ],
  sentences: [
    'スマートフォンで見ると右側が切れます。',
    '手順:\r\n1. 画面を開く\r\n2. 「保存」を押す\r\n3. 何も起こらない',
    '𠮷野家さまからのご要望です。𩸽定食のページも同じです。',
    '絵文字👨‍👩‍👧‍👦や結合文字(が)でも文字数を正しく数えること。',
    '一行目\u2028二行目(行区切り文字)と\u2029段落。',
    'CSVの例: "名前","金額, 税込"\r\n"山田\t太郎","1,000"',
    '来週の定例で確認します。よろしくお願いします。',
  ],
  replies: [
    '確認しました。',
    'ありがとうございます🙏',
    '対応しました。\r\nご確認ください。',
    '再現できませんでした…',
    '「」付きでも同じです。',
  ],
};

const ENGLISH: Phrases = {
  subjects: ['Checkout', 'Refund API', 'Webhook retries', 'Ledger export', 'Sign-in', 'Rate table', 'Card vault'],
  tasks: [
    ' times out',
    ' needs a test',
    ' rounds twice',
    ' should say why',
    ' loses the last row',
    ' is slow 🐢',
    ' spec',
  ],
  sentences: [
    'Seen on staging twice this week.',
    'Steps:\r\n1. Pay\r\n2. Refund\r\n3. Pay again',
    'It\'s the customer\'s "quick" path; back\\slash and 100% included.',
    'A line separator\u2028sits here, and a tab\there.',
    'Naïve café résumé — “quotes” and emoji 🚀🚀.',
    "Robert'); DROP TABLE issues;-- is a perfectly good name.",
    'Let us talk about it on Monday.',
  ],
  replies: [
    'Confirmed.',
    'Looks good to me 👍',
    'Fixed in the branch.\r\nPlease check.',
    'Cannot reproduce.',
    'Same here.',
  ],
};

export function phrasesIn(language: string): Phrases {
  return language === 'ja' ? JAPANESE : ENGLISH;
}

const LONG_PARAGRAPHS = 120;

/** A text of several thousand characters. */
export function longText(language: string): string {
  const { sentences } = phrasesIn(language);
  return Array.from({ length: LONG_PARAGRAPHS }, (_, line) => sentences[line % sentences.length]).join('\r\n\r\n');
}
