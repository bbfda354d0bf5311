/** Settings, read by name; their names, types and defaults are stated in the manifest. */
import { type ConfigurationScope, workspace } from 'vscode';
import type manifest from '../package.json';

type Property = (typeof manifest)['contributes']['configuration']['properties'];
type Value<P> = P extends { default: boolean } ? boolean : P extends { default: number } ? number : string;

export function setting<K extends keyof Property>(key: K, scope?: ConfigurationScope): Value<Property[K]> {
  // The default is the manifest's: `get` never answers undefined for a declared setting.
  return workspace.getConfiguration(undefined, scope).get(key) as Value<Property[K]>;
}
