import { axisTop } from 'd3-axis';
import { scaleLog } from 'd3-scale';
import type { ScaleLogarithmic } from 'd3-scale';
import { select } from 'd3-selection';
import type { Latency, PageData } from '../data.ts';
import { count, duration } from '../picture/words.ts';
import { element, table } from './dom.ts';

const width = 300;
const rowHeight = 20;
const svgNamespace = 'http://www.w3.org/2000/svg';

/** Latencies as numbers, each row with a strip: a line from median to 99th percentile. */
export function latencyTable({ latencies }: PageData): HTMLElement {
  const sampled = latencies.filter(({ samples }) => samples > 0);
  const low = Math.min(...sampled.map(({ min }) => Math.max(1, min)), 1_000);
  const high = Math.max(...sampled.map(({ max }) => max), low * 10);
  const scale = scaleLog([low, high], [26, width - 26]).nice();
  const head = ['Interface', 'Samples', 'Failed', 'Least', 'p50', 'p90', 'p99', 'Most'];
  const rows = latencies.map((latency) => [...numbersOf(latency), strip(latency, scale)]);
  const made = table('From call to return, as the caller saw it', [...head, 'Spread'], rows);
  made.classList.add('numbers');
  made.querySelector('thead th:last-child')?.append(ruler(scale));
  return element('div', { class: 'wide' }, made);
}

function numbersOf(latency: Latency): string[] {
  const { samples, failures, min, p50, p90, p99, max } = latency;
  const times = [min, p50, p90, p99, max].map((us) => (samples === 0 ? '–' : duration(us)));
  return [latency.interface, count(samples), count(failures), ...times];
}

type Scale = ScaleLogarithmic<number, number>;

function ruler(scale: Scale): SVGSVGElement {
  const svg = drawing(rowHeight);
  const decades = scale.ticks().filter((value) => Number.isInteger(Math.log10(value)));
  const axis = axisTop<number>(scale).tickValues(decades).tickFormat(duration).tickSize(4);
  const group = select(svg)
    .append('g')
    .attr('transform', `translate(0,${rowHeight - 1})`);
  axis(group);
  return svg;
}

function strip({ samples, min, p50, p90, p99, max }: Latency, scale: Scale): SVGSVGElement {
  const svg = drawing(rowHeight);
  if (samples === 0) return svg;
  const middle = rowHeight / 2;
  const x = (us: number): number => scale(Math.max(1, us));
  const shapes: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
    ['rect', { x: x(min), y: middle - 0.5, width: Math.max(1, x(max) - x(min)), height: 1 }],
    ['rect', { x: x(p50), y: middle - 3, width: Math.max(1, x(p90) - x(p50)), height: 6 }],
    ['rect', { x: x(p50), y: middle - 1.5, width: Math.max(1, x(p99) - x(p50)), height: 3 }],
    ['circle', { cx: x(p50), cy: middle, r: 4 }],
  ];
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(svgNamespace, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
    svg.append(shape);
  }
  return svg;
}

function drawing(height: number): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'strip');
  return svg;
}
