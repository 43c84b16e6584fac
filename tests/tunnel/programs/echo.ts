/** Says what it was given, prints, complains, and ends as told. */
process.once('disconnect', () => process.exit(0));
process.on('message', ({ end }: { end: number }) => {
  process.stdout.write('one line, ');
  process.stdout.write('in two writes\nanother\n');
  process.stderr.write('a complaint\n', () => process.exit(end));
});
process.send?.(process.argv.slice(2));
