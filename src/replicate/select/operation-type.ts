import type { Operation } from './program.ts';

export type ScalarType = 'integer' | 'number' | 'string';

interface Output {
  /** Which operand names the register that is filled. */
  readonly to: 'p1' | 'p2' | 'p3';
  /** Absent if it depends on what is read, or on the function that is called. */
  readonly type?: ScalarType;
}

/** The instructions that fill one register (https://sqlite.org/opcode.html). */
export const OUTPUTS: Readonly<Record<string, Output>> = {
  Integer: { to: 'p2', type: 'integer' },
  Int64: { to: 'p2', type: 'integer' },
  Real: { to: 'p2', type: 'number' },
  String: { to: 'p2', type: 'string' },
  String8: { to: 'p2', type: 'string' },
  Blob: { to: 'p2' },
  Variable: { to: 'p2' },
  SCopy: { to: 'p2' },
  Cast: { to: 'p1' },
  Column: { to: 'p3' },
  VColumn: { to: 'p3' },
  Rowid: { to: 'p2', type: 'integer' },
  IdxRowid: { to: 'p2', type: 'integer' },
  Sequence: { to: 'p2', type: 'integer' },
  Count: { to: 'p2', type: 'integer' },
  Not: { to: 'p2', type: 'integer' },
  BitNot: { to: 'p2', type: 'integer' },
  IsTrue: { to: 'p2', type: 'integer' },
  ZeroOrNull: { to: 'p2', type: 'integer' },
  And: { to: 'p3', type: 'integer' },
  Or: { to: 'p3', type: 'integer' },
  BitAnd: { to: 'p3', type: 'integer' },
  BitOr: { to: 'p3', type: 'integer' },
  ShiftLeft: { to: 'p3', type: 'integer' },
  ShiftRight: { to: 'p3', type: 'integer' },
  Add: { to: 'p3', type: 'number' },
  Subtract: { to: 'p3', type: 'number' },
  Multiply: { to: 'p3', type: 'number' },
  Divide: { to: 'p3', type: 'number' },
  Remainder: { to: 'p3', type: 'number' },
  Concat: { to: 'p3', type: 'string' },
  Function: { to: 'p3' },
  PureFunc: { to: 'p3' },
  AggValue: { to: 'p3' },
  AggFinal: { to: 'p1' },
};

/** Functions whose results are always of one type, if they are not null. */
const FUNCTIONS: Readonly<Record<ScalarType, string>> = {
  integer:
    'count length len octet_length instr charindex locate unicode ascii sign unixepoch like glob regexp ' +
    'datepart datediff year quarter month week day hour minute second row_number rank dense_rank json_array_length',
  number:
    'avg total sum round abs sqrt pow power exp ln log log2 log10 pi julianday ceil ceiling floor trunc mod ' +
    'degrees radians sin cos tan asin acos atan atan2',
  string:
    'upper lower ucase lcase trim ltrim rtrim substr substring replace concat concat_ws left right lpad rpad stuff ' +
    'space repeat replicate reverse str hex quote char typeof printf format group_concat string_agg date time ' +
    'datetime strftime dateadd getdate getutcdate now curdate sysdatetime current_date current_time ' +
    'current_timestamp json json_array json_object json_group_array json_group_object',
};

const TYPES: ReadonlyMap<string, ScalarType> = new Map(
  (['integer', 'number', 'string'] as const).flatMap((type) => FUNCTIONS[type].split(' ').map((name) => [name, type])),
);

/** The result type of the function that an instruction calls; it stands in p4 as `name(number of arguments)`. */
export function functionType({ p4 }: Operation): ScalarType | undefined {
  return TYPES.get(/^\w+(?=\()/.exec(p4 ?? '')?.[0].toLowerCase() ?? '');
}
