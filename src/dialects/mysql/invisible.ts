/** Hides a column from `SELECT *`, on servers that can. Each server takes the other one's words for a comment. */
export const INVISIBLE = '/*!80023 INVISIBLE */ /*M!100303 INVISIBLE */';
