/** The architecture, as rules a machine checks. */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'Rules decide from plain facts: they know neither the database nor the framework.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^apps/$1/src/domain/', '^libs/platform/src/rules\\.ts$', '^libs/regulation/'] },
    },
    {
      name: 'services-meet-only-in-contracts',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/(all-in-one|edge)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'hosts-and-tests-use-a-service-by-its-index',
      severity: 'error',
      from: { path: '^(apps/(all-in-one|edge)|tests)/' },
      to: { path: '^apps/(?!all-in-one|edge)[^/]+/src/', pathNot: '^apps/[^/]+/src/index\\.ts$' },
    },
    { name: 'libs-do-not-know-services', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'contracts-know-nothing',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^libs/(?!contracts)' },
    },
    {
      name: 'regulation-knows-nothing',
      severity: 'error',
      from: { path: '^libs/regulation/' },
      to: { path: '^(libs/(?!regulation)|apps)' },
    },
    {
      name: 'commands-and-queries-do-not-call-each-other',
      severity: 'error',
      from: { path: '^apps/[^/]+/src/(commands|queries)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/[^/]+/src/(commands|queries)/' },
    },
    {
      name: 'kafkajs-stays-behind-one-class',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(kafka-broker|topics)(\\.spec)?\\.ts$' },
      to: { path: 'node_modules/kafkajs' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
