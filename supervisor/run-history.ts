import type { HistoryContent } from '../bank/history.ts';
import { HistoryWriter } from '../process/history.ts';
import type { Causes } from './cause.ts';
import { fileTrouble } from './file-trouble.ts';

/** The supervisor's part of the run's history. A disk that is full stops the run, in order. */
export class RunHistory {
  private readonly writer: HistoryWriter;
  private readonly file: string;
  private readonly causes: Causes;

  constructor(file: string, causes: Causes) {
    this.writer = new HistoryWriter({ file, process: 'supervisor', life: 0 });
    this.file = file;
    this.causes = causes;
  }

  write(content: HistoryContent): void {
    try {
      this.writer.write(content);
      this.writer.flush();
    } catch (error) {
      const trouble = fileTrouble(error, `the run's history ${this.file}`);
      if (trouble === undefined) throw error;
      this.causes.stop(trouble);
    }
  }
}
