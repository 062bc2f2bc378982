import { ExactNumber, type Value } from '../message/value.ts';

/** Compact JSON with every number digit for digit. */
export function jsonText(value: Value): string {
  return isPlain(value) ? JSON.stringify(value) : exactText(value);
}

/** Whether `JSON.stringify` would say the same. */
function isPlain(value: Value): boolean {
  if (typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof ExactNumber) return false;
  for (const key in value) if (!isPlain((value as Readonly<Record<string, Value>>)[key] ?? null)) return false;
  return true;
}

function exactText(value: Value): string {
  if (typeof value === 'bigint' || value instanceof ExactNumber) return value.toString();
  if (Array.isArray(value)) return `[${value.map(exactText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${exactText(member)}`);
  return `{${members.join(',')}}`;
}
