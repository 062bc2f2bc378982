/** The SQL function that an upsert calls for each row that it changes, as against inserts. It gives 1. */
export const NOTE_UPDATE = 'loader_note_update';
