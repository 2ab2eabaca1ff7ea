/** What the engine is told: made by the user's template, and checked, because pm2 does not check. */
import { pathToFileURL } from 'node:url';
import type { App } from './engine.ts';
import type { Plan } from './plan.ts';
import type { Platform } from './platform.ts';
import { runVariable } from './run-id.ts';

export interface Ecosystem {
  readonly branches: readonly App[];
  readonly visits: readonly App[];
}

export interface EcosystemFailure {
  readonly reason: 'template';
  readonly message: string;
}

type Template = (plan: Plan) => { readonly apps: readonly App[] };

/** What understands the apps that a template declares. */
export type AppReader = Pick<Platform, 'name' | 'appKeys'>;

/** Runs the template on the plan. */
export async function declareApps(
  plan: Plan,
  templateFile: string,
  reader: AppReader,
): Promise<Ecosystem | EcosystemFailure> {
  let apps: readonly App[];
  try {
    const module = (await import(pathToFileURL(templateFile).href)) as { default: Template };
    apps = module.default(plan).apps;
  } catch (error) {
    return failure(templateFile, `it cannot be run: ${String(error)}`);
  }
  const wrong = firstProblem(apps, plan, reader);
  if (wrong !== undefined) return failure(templateFile, wrong);
  const byName = new Map(apps.map((app) => [app.name, app]));
  const pick = (planned: readonly { readonly app: string }[]): App[] =>
    planned.flatMap(({ app }) => byName.get(app) ?? []);
  return { branches: pick(plan.branches), visits: pick(plan.visits) };
}

function firstProblem(apps: readonly App[], plan: Plan, reader: AppReader): string | undefined {
  if (!Array.isArray(apps)) return 'it must return { apps: [...] }';
  const expected = [...plan.branches, ...plan.visits].map(({ app }) => app);
  const names = new Set(apps.map(({ name }) => name));
  const missing = expected.find((name) => !names.has(name));
  if (missing !== undefined) return `it declares no app called ${missing}`;
  if (apps.length !== expected.length) {
    return `it declares ${apps.length} apps, and the plan has ${expected.length}`;
  }
  const knownKeys = reader.appKeys();
  for (const app of apps) {
    const unknown = Object.keys(app).find((key) => !knownKeys.has(key));
    if (unknown !== undefined)
      return `app ${app.name}: ${reader.name} does not know the key "${unknown}" and would drop it`;
    const problem = appProblem(app, plan);
    if (problem !== undefined) return `app ${app.name}: ${problem}`;
  }
  return undefined;
}

function appProblem(app: App, plan: Plan): string | undefined {
  if (app.namespace !== plan.runId) return `its namespace must be the run's id, ${plan.runId}`;
  const environment = app['env'] as Record<string, unknown> | undefined;
  if (environment?.[runVariable] !== plan.runId) {
    return `its environment must have ${runVariable}=${plan.runId}, or its process could not be found`;
  }
  return undefined;
}

const failure = (file: string, problem: string): EcosystemFailure => ({
  reason: 'template',
  message: `${file} cannot be used: ${problem}`,
});
