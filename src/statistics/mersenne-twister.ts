/**
 * Numbers from 0 up to 1 with 53 bits, as `numpy.random.RandomState(seed).random_sample()` gives them: MT19937 (Matsumoto & Nishimura 1998, ACM TOMACS 8(1), 3–30),
 * for models whose published values start from there. Where nothing was published, `Random` is faster and smaller.
 *
 * @param seed whole number from 0 to 2³² − 1
 */
export function mersenneTwister(seed: number): () => number {
  const key = new Uint32Array(N);
  key[0] = seed;
  for (let i = 1; i < N; i++) key[i] = Math.imul(1812433253, key[i - 1]! ^ (key[i - 1]! >>> 30)) + i;
  let at = N;
  const word = (): number => {
    if (at === N) {
      turn(key);
      at = 0;
    }
    let y = key[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

const N = 624;
const M = 397;

function turn(key: Uint32Array): void {
  for (let i = 0; i < N; i++) {
    const y = (key[i]! & 0x80000000) | (key[(i + 1) % N]! & 0x7fffffff);
    key[i] = key[(i + M) % N]! ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
  }
}
