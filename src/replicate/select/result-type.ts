import type { JsonSchema } from '../../message/schema.ts';
import type { CellKind } from '../sqlite/cell.ts';
import { functionType, OUTPUTS, type ScalarType } from './operation-type.ts';
import type { Operation, Program } from './program.ts';

/** What a computed column may hold if nothing more is known. */
const ANY_SCALAR: JsonSchema = { type: ['string', 'number', 'integer', 'null'] };

type RegisterType = ScalarType | 'unknown';

/** What the column of the table under a cursor holds; undefined for anything but a table's own column. */
export type ColumnKind = (cursor: number, column: number) => CellKind | undefined;

/**
 * The schemas of a result's columns, as far as SQLite's program shows them: which instructions fill the registers that
 * make up a row. A column that is filled with several types, or in a way that we do not follow, may hold any scalar.
 */
export function resultSchemas(program: Program, columnCount: number, kindOf: ColumnKind): readonly JsonSchema[] {
  const registers = new RegisterTypes(program.operations, kindOf);
  const rows = program.operations.filter(({ opcode }) => opcode === 'ResultRow');
  return Array.from({ length: columnCount }, (_, index) => {
    const types = new Set(rows.flatMap(({ p1 }) => registers.typesOf(p1 + index, DEEPEST)));
    const [type = 'unknown'] = types;
    return types.size !== 1 || type === 'unknown' ? ANY_SCALAR : { type: [type, 'null'] };
  });
}

/** Registers are copied from one another, but hardly ever more often than this. */
const DEEPEST = 6;

const KIND_TYPES: Readonly<Record<CellKind, RegisterType>> = {
  boolean: 'integer',
  integer: 'integer',
  number: 'number',
  text: 'string',
  json: 'string',
  any: 'unknown',
};

/** The declared type of a CAST, by the letter of its affinity. */
const CASTS: Readonly<Record<string, RegisterType>> = { B: 'string', C: 'number', D: 'integer', E: 'number' };

class RegisterTypes {
  private readonly operations: readonly Operation[];
  private readonly kindOf: ColumnKind;

  constructor(operations: readonly Operation[], kindOf: ColumnKind) {
    this.operations = operations;
    this.kindOf = kindOf;
  }

  typesOf(register: number, depth: number): readonly RegisterType[] {
    if (depth === 0) return ['unknown'];
    const writers = this.operations.filter((operation) => writes(operation, register));
    const cast = writers.find(({ opcode }) => opcode === 'Cast');
    if (cast) return [CASTS[String.fromCharCode(cast.p2)] ?? 'unknown'];
    const types = writers.flatMap((operation) => this.typesFrom(operation, register, depth - 1));
    return types.length > 0 ? types : ['unknown'];
  }

  private typesFrom(operation: Operation, register: number, depth: number): readonly RegisterType[] {
    const { opcode, p1, p2 } = operation;
    if (opcode === 'Null') return [];
    if (opcode === 'Copy' || opcode === 'SCopy') return this.typesOf(p1 + register - p2, depth);
    if (opcode === 'Column') return [KIND_TYPES[this.kindOf(p1, p2) ?? 'any']];
    return [OUTPUTS[opcode]?.type ?? functionType(operation) ?? 'unknown'];
  }
}

function writes(operation: Operation, register: number): boolean {
  const { opcode, p1, p2, p3 } = operation;
  switch (opcode) {
    case 'Copy':
      return register >= p2 && register <= p2 + p3;
    case 'Null':
      return register >= p2 && register <= Math.max(p2, p3);
    case 'Move':
      return register >= p2 && register < p2 + p3;
    default: {
      const output = OUTPUTS[opcode];
      return output !== undefined && { p1, p2, p3 }[output.to] === register;
    }
  }
}
