import type { PageData } from '../data.ts';
import { BalanceChart } from './balance-chart.ts';
import { chainView } from './chain-view.ts';
import { Diagram } from './diagram.ts';
import { element, section } from './dom.ts';
import { EventsTable } from './events-table.ts';
import { header } from './header.ts';
import { latencyTable } from './latency-table.ts';
import { placeOfLine } from './lines.ts';
import { readData } from './read-data.ts';
import { startsView } from './starts-view.ts';
import { State } from './state.ts';
import { followTheme, themeButton } from './theme.ts';

function show(data: PageData): void {
  document.title = `${data.verdict.verdict}: ${data.run.input} – Tally`;
  const state = new State(data);
  const chart = new BalanceChart(state);
  const diagram = new Diagram(state, (view) => chart.follow(view));
  const events = new EventsTable(data, (entry, position) => {
    diagram.showEvent(entry, position);
  });
  const jump = (line: number): void => {
    const place = placeOfLine(state.scene, line);
    if (place) diagram.jump(place);
  };
  document.getElementById('page')?.replaceChildren(
    themeButton(),
    header(data, jump),
    element(
      'main',
      {},
      section('What happened', diagram.root),
      section('Balance of every replica', chart.root),
      section('Latency by interface', latencyTable(data)),
      section(
        'Where the time went',
        chainView(data, ({ to, toLane }) => diagram.jump({ time: to, lane: toLane })),
      ),
      section('Process starts', startsView(data)),
      section('Events and answers', events.root),
    ),
  );
  followTheme((printed) => {
    if (printed) diagram.print();
    else diagram.draw();
    chart.recolour(printed);
    events.draw(printed);
  });
}

/** Says what kept the page from being shown, where it would stay empty; the console has it too. */
function explain(error: unknown): void {
  const page = document.getElementById('page');
  page?.replaceChildren(
    element('p', {}, `This report could not be shown: ${String(error)}.`),
    element('p', {}, 'It needs a browser of 2023 or later, and the whole file.'),
  );
  throw error;
}

readData().then(show).catch(explain);
