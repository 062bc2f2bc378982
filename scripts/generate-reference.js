// @ts-check
/** docs/reference/streams.md from the streams and their schemas; with --check it compares instead. */
import { pascalName } from '../dist/replicate/names.js';
import { resources } from '../dist/streams/resources.js';
import { schemaOf, typeOf } from '../dist/streams/schema-file.js';
import { emit } from './generated-file.js';

/**
 * @typedef {import('../dist/streams/resource.js').Resource | import('../dist/streams/resource.js').ChildResource} AnyResource
 * @typedef {import('../dist/streams/stream.js').Stream} Stream
 */

const streams = resources.flatMap(streamsUnder);

emit('docs/reference/streams.md', [intro(), overview(), ...streams.map(section)].join('\n'));

/** @param {AnyResource} resource @returns {{ stream: Stream, resource: AnyResource }[]} */
function streamsUnder(resource) {
  return [
    ...resource.streams.map((stream) => ({ stream, resource })),
    ...(resource.children ?? []).flatMap(streamsUnder),
  ];
}

function intro() {
  return `# Streams

Each stream becomes a table. A Singer pipeline sees the names in the first column, a CData job file those in the second;
names match without regard to case and underscores. Streams that name the same resource are fed by one reading of it: any
number of them costs the requests of one. Streams in *italics* are read only when they are selected.

Beside these, a run asks once for the activities of the space: projects in which nothing happened are then left out, and
deleted issues are known. Rows of a project that the key does not see any more stay, unless it is proven to be deleted.
Lists inside issues and comments lose what left them when their issue has changed; what no activity tells of is found by
a reconcile run.

Times are UTC. Every stream has \`additional_fields\`: what Backlog sends and this version has no column for.
`;
}

function overview() {
  const rows = streams.map(({ stream, resource }) => {
    const { name, selectedByDefault } = stream;
    const link = `[${name}](#${name})`;
    const { changes, deletions } = wayOf(resource);
    const key = schemaOf(name)
      .required.map((column) => `\`${column}\``)
      .join(', ');
    const shown = selectedByDefault ? link : `*${link}*`;
    return [shown, pascalName(name), key, resource.name, changes, deletions, resource.replication.requests];
  });
  return table(['stream', 'CData name', 'key', 'resource', 'changes', 'deletions', 'requests per run'], rows);
}

/** @param {AnyResource} resource */
function wayOf({ replication }) {
  if (replication.method === 'INCREMENTAL') return replication;
  return { changes: 'read whole', deletions: 'what a complete reading lacks' };
}

/** @param {{ stream: Stream }} entry */
function section({ stream: { name } }) {
  const { description, properties, required } = schemaOf(name);
  const rows = Object.entries(properties).map(([column, schema]) => [
    `\`${column}\``,
    pascalName(column),
    schema.format ?? typeOf(schema),
    required.includes(column) ? 'key' : '',
    schema.description ?? '',
  ]);
  return `## ${name}\n\n${description}\n\n${table(['column', 'CData name', 'type', '', 'what it is'], rows)}`;
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}
