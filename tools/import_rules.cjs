/** The arrows of docs/architecture.md: each folder may know only what stands before it. */
const LAYERS = [
  ['kernel', []],
  ['wire', ['kernel']],
  ['oauth', ['kernel', 'wire']],
  ['domain', ['kernel', 'wire', 'oauth']],
  ['storage', ['kernel', 'wire', 'oauth', 'domain']],
  ['pages', ['kernel', 'wire', 'oauth']],
  ['apis', ['kernel', 'wire', 'oauth', 'domain']],
  ['transport', ['kernel', 'wire', 'oauth', 'domain', 'apis', 'pages']],
  ['app', ['kernel', 'wire', 'oauth', 'domain', 'storage', 'apis', 'pages', 'transport']],
];

const TESTS = '\\.(test|conformance)\\.ts$';

module.exports = {
  forbidden: [
    ...LAYERS.map(([layer, known]) => ({
      name: `${layer}-imports-one-way`,
      severity: 'error',
      comment: `server/${layer} may import ${known.join(', ') || 'nothing of ours'}.`,
      from: { path: `^server/${layer}/`, pathNot: TESTS },
      to: { path: '^server/', pathNot: `^server/(${[layer, ...known].join('|')})/` },
    })),
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'fastify-stays-in-transport',
      severity: 'error',
      from: { path: '^server/', pathNot: `^server/transport/|${TESTS}` },
      to: { path: 'node_modules/(fastify|@fastify)/' },
    },
    {
      name: 'sql-stays-in-storage',
      severity: 'error',
      from: { path: '^server/', pathNot: `^server/storage/|${TESTS}` },
      to: { path: '(node_modules/(kysely|pg)/|^node:sqlite$|^sqlite$)' },
    },
    {
      name: 'the-server-knows-nothing-of-the-console',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(console|test|bench|tools)/', pathNot: '^test/support/' },
    },
    {
      name: 'the-console-knows-nothing-of-the-server',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^server/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
