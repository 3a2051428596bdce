/** Rooms of src/, in order: a room imports only from itself and from rooms above it in this list (ARCHITECTURE.md §5). */
const rooms = [
  "records",
  "statistics",
  "checks",
  "measures",
  "formats",
  "standards",
  "generate",
  "engine",
  "schemes",
  "report",
  "comparison",
  "validator",
];

module.exports = {
  forbidden: [
    ...rooms.map((room, at) => ({
      name: `${room}-looks-up-only`,
      severity: "error",
      from: { path: `^src/${room}/`, pathNot: "\\.test\\.ts$|/testing/" },
      to: {
        path: [
          ...rooms.slice(at + 1).map((below) => `^src/${below}/`),
          "^src/[a-z-]+\\.ts$",
          "^src/cli/",
          "^src/conformance/",
          "^src/build-standard/",
        ],
      },
    })),
    {
      name: "cli-is-last",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/|\\.test\\.ts$" },
      to: { path: "^src/cli/" },
    },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-dev-in-src",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.test\\.ts$|/testing/|/test-" },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
