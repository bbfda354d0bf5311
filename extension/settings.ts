/** Settings, read by name; their names, types and defaults are stated in the manifest. */
import { type ConfigurationScope, workspace } from 'vscode';
import type manifest from '../package.json';

type Property = (typeof manifest)['contributes']['configuration']['properties'];
type Value<P> = P extends { default: boolean } ? boolean : P extends { default: number } ? number : string;

export function setting<K extends keyof Property>(key: K, scope?: ConfigurationScope): Value<Property[K]> {
  // The default is the manifest's: `get` never answers undefined for a declared setting.
  return workspace.getConfiguration(undefined, scope).get(key) as Value<Property[K]>;
}

export type DiagnosticLevel = 'error' | 'warning' | 'information' | 'hint' | 'off';

/** How a diagnostic is to be shown: `wrong-value` has the setting `wengert.diagnostics.wrongValue`. Undefined where a code has none. */
export function diagnosticLevel(code: unknown, scope?: ConfigurationScope): DiagnosticLevel | undefined {
  if (typeof code !== 'string') return undefined;
  const name = code.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return workspace.getConfiguration('wengert.diagnostics', scope).get(name);
}
