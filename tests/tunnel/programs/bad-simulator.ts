/** Stands in for the simulator's program: one that never listens, or ends before it does. */
const [behaviour] = process.argv.slice(2);
process.once('disconnect', () => process.exit(0));
if (behaviour === 'failing') process.exit(1);
