/** For mutations, whose callers name things that they know to be there. */
export function found<Key, Value>(records: ReadonlyMap<Key, Value>, id: Key, what: string): Value {
  const record = records.get(id);
  if (record === undefined) throw new RangeError(`no ${what} ${String(id)}`);
  return record;
}

export function foundIn<Value extends { readonly id: unknown }>(
  list: readonly Value[],
  id: Value['id'],
  what: string,
): Value {
  const item = list.find((each) => each.id === id);
  if (item === undefined) throw new RangeError(`no ${what} ${String(id)}`);
  return item;
}

/** The list with the item of the same id replaced. */
export function replaced<Value extends { readonly id: unknown }>(
  list: readonly Value[],
  item: Value,
): readonly Value[] {
  return list.map((each) => (each.id === item.id ? item : each));
}

export function without<Value extends { readonly id: unknown }>(
  list: readonly Value[],
  id: Value['id'],
): readonly Value[] {
  return list.filter((each) => each.id !== id);
}
