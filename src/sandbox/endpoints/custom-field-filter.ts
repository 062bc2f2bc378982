import type { Parameters } from '../http/parameters.ts';
import { customValueOf, type IssueRecord } from '../world/issue.ts';
import type { WorldData } from '../world/world-data.ts';

type Test = (issue: IssueRecord) => boolean;

/** `customField_7` (text), `customField_7_min`, `customField_7_max` (number, date), `customField_7[0]` (list items). */
export function customFieldTests(data: WorldData, query: Parameters): readonly Test[] {
  const ids = new Set(query.names.flatMap((name) => /^customField_(\d+)/.exec(name)?.[1] ?? []));
  return [...ids].map(Number).flatMap((id) => testsOf(query, id, kindOf(data, id)));
}

type Kind = 'number' | 'other';

function kindOf(data: WorldData, id: number): Kind {
  const field = [...data.masters.values()].flatMap(({ customFields }) => customFields).find((each) => each.id === id);
  return field?.number === undefined ? 'other' : 'number';
}

function testsOf(query: Parameters, id: number, kind: Kind): readonly Test[] {
  const name = `customField_${id}`;
  const read = (text: string | undefined) => (text === undefined || kind === 'other' ? text : Number(text));
  const [part, min, max] = [query.text(name), read(query.text(`${name}_min`)), read(query.text(`${name}_max`))];
  const items = new Set(query.integers(name));
  const value = (issue: IssueRecord) => customValueOf(issue, id)?.value ?? null;
  const held =
    (test: (value: string | number) => boolean): Test =>
    (issue) => {
      const own = value(issue);
      return (typeof own === 'string' || typeof own === 'number') && test(own);
    };
  return [
    ...(part === undefined ? [] : [held((own) => String(own).includes(part))]),
    ...(min === undefined ? [] : [held((own) => own >= min)]),
    ...(max === undefined ? [] : [held((own) => own <= max)]),
    ...(items.size === 0 ? [] : [(issue: IssueRecord) => chosen(value(issue)).some((item) => items.has(item))]),
  ];
}

function chosen(value: unknown): readonly number[] {
  return Array.isArray(value) ? value : [];
}
