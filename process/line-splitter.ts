/** Cuts what arrives on a connection into its lines, each of which is one JSON object. */
export class LineSplitter {
  private readonly longestBytes: number;
  private readonly hear: (line: string) => void;
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(longestBytes: number, hear: (line: string) => void) {
    this.longestBytes = longestBytes;
    this.hear = hear;
  }

  /** @returns false if a line is longer than allowed; what sends that is not one of ours */
  push(chunk: Buffer): boolean {
    let begin = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, begin)) {
      this.keep(chunk.subarray(begin, end));
      if (this.bytes > this.longestBytes) return false;
      this.tell();
      begin = end + 1;
    }
    this.keep(chunk.subarray(begin));
    return this.bytes <= this.longestBytes;
  }

  private keep(piece: Buffer): void {
    this.pieces.push(piece);
    this.bytes += piece.length;
  }

  private tell(): void {
    const line = Buffer.concat(this.pieces).toString();
    this.pieces = [];
    this.bytes = 0;
    this.hear(line);
  }
}

const lineEnd = 0x0a;
