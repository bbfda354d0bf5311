/** Modules of the workspace, with their unsaved text. */
import type { Site } from '../../model';
import type { ModuleScope } from './frame';
import type { Runtime } from './runtime';
import type { PyModule, PyUnknown } from './values/object';

export function workspaceModule(rt: Runtime, _from: ModuleScope, name: string, site: Site): PyModule | PyUnknown {
  return rt.unknown('missing-import', `the module \`${name}\` is not supported and not in the workspace`, site);
}
