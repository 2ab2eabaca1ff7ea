import { mutants } from './mutants.ts';
import { randomCourse } from './schedule.ts';
const count = Number(process.argv[2]);
for (const { title, replicaClass } of mutants.filter((_, i) => [1, 3, 4, 5, 6].includes(i))) {
  let found = 0,
    first = 0,
    v = '';
  for (let seed = 1; seed <= count; seed += 1) {
    const { violation } = randomCourse(seed, replicaClass);
    if (violation !== undefined && found++ === 0) {
      first = seed;
      v = violation;
    }
  }
  console.log(title, '|', found, 'of', count, 'first', first, v.slice(0, 150));
}
