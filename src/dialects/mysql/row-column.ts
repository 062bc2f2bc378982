import { quote } from './names.ts';

/** A number for each row, for tables that need a primary key though their stream has none that is never null. */
const ROW_COLUMN = 'load_row';

export const ROW_COLUMN_TEXT = `${quote(ROW_COLUMN)} BIGINT UNSIGNED NOT NULL AUTO_INCREMENT`;
