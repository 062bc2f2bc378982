/** Arrows run downward only (docs/architecture.md). Each entry: a layer, and the layers of ours that it may import. */
const LAYERS = {
  message: [],
  runtime: [],
  backlog: ['runtime', 'message'],
  streams: ['backlog', 'runtime', 'message'],
  tap: ['streams', 'backlog', 'runtime', 'message'],
  load: ['runtime', 'message'],
  dialects: ['load', 'runtime', 'message'],
  replicate: ['runtime', 'message'],
  singer: ['tap', 'streams', 'backlog', 'load', 'dialects', 'runtime', 'message'],
  airbyte: ['tap', 'streams', 'backlog', 'load', 'dialects', 'runtime', 'message'],
  jobs: ['replicate', 'tap', 'streams', 'backlog', 'load', 'dialects', 'runtime', 'message'],
  sandbox: ['runtime', 'message'],
  programs: ['singer', 'jobs', 'sandbox', 'runtime'],
};

const arrows = Object.entries(LAYERS).map(([layer, below]) => ({
  name: `${layer}-imports-only-what-lies-below`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...below].join('|')})/` },
}));

const dialectsApart = {
  name: 'dialects-do-not-know-each-other',
  severity: 'error',
  from: { path: '^src/dialects/([^/]+)/' },
  to: { path: '^src/dialects/[^/]+/', pathNot: '^src/dialects/$1/' },
};

module.exports = {
  forbidden: [
    ...arrows,
    dialectsApart,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
