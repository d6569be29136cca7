/** Answers the bench about time and memory; every server of the bench loads this. */
process.on('message', (question) => {
  if (question === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send({ cpu: (user + system) / 1000 });
  }
  if (question === 'memory') {
    globalThis.gc();
    globalThis.gc();
    process.send({ heap: process.memoryUsage().heapUsed });
  }
});
// So that a profile is written.
process.on('SIGINT', () => process.exit());
